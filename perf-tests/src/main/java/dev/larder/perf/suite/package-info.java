/**
 * The load suite: scenarios over every store on the class path, measured the same way and checked for what they did.
 *
 * <p>Read {@link dev.larder.perf.suite.Scenario} first. A {@link dev.larder.perf.suite.Suite} runs each of them as a
 * {@link dev.larder.perf.suite.Cell}, several times, and sums the repetitions up in a {@link dev.larder.perf.suite.Row}.
 * Correctness is asserted, speed is only reported.
 */
@NullMarked
package dev.larder.perf.suite;

import org.jspecify.annotations.NullMarked;
