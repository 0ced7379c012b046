/**
 * The scenario {@code steady}: calls of a store that arrive at a given rate, whether or not earlier ones have ended.
 *
 * <p>Read {@link dev.larder.perf.steady.OpenLoop} first: it has a crew make the calls of a
 * {@link dev.larder.perf.steady.StoreLoad} at the instants of {@link dev.larder.perf.steady.Arrivals}, and takes down
 * in a {@link dev.larder.perf.steady.Tally} what became of them. {@link dev.larder.perf.steady.SteadyLimit} does that at
 * one rate after another.
 */
@NullMarked
package dev.larder.perf.steady;

import org.jspecify.annotations.NullMarked;
