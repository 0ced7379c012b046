/**
 * Whether the comparison of two runs can be believed: {@link dev.larder.perf.selftest.SelfTest} compares runs of the same
 * build with each other, and with runs of a store that is slower on purpose.
 */
@NullMarked
package dev.larder.perf.selftest;

import org.jspecify.annotations.NullMarked;
