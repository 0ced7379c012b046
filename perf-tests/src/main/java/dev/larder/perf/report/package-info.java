/** Writes the results of the load suite for people and for programs. */
@NullMarked
package dev.larder.perf.report;

import org.jspecify.annotations.NullMarked;
