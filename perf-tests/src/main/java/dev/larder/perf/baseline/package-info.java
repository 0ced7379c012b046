/**
 * Compares a run of the load suite with an earlier one: {@link dev.larder.perf.baseline.RunFile} reads a run, {@link
 * dev.larder.perf.baseline.Comparison} tests each of its rows against the same row of the other, and {@link
 * dev.larder.perf.baseline.ComparisonTable} shows what came of it.
 */
@NullMarked
package dev.larder.perf.baseline;

import org.jspecify.annotations.NullMarked;
