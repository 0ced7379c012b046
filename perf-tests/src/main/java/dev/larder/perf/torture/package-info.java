/**
 * Tries to break the SQLite store from outside: processes that are killed in the middle of whatever they do, and many
 * processes on one file at once.
 *
 * <p>Read {@link dev.larder.perf.torture.Script} first: what a thread does to the store follows from a seed, and no two
 * threads write the same key. So whoever hears how far a thread came knows what it must have left behind, and
 * {@link dev.larder.perf.torture.Holdings} tells.
 */
@NullMarked
package dev.larder.perf.torture;

import org.jspecify.annotations.NullMarked;
