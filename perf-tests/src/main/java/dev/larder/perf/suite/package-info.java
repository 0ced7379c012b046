/**
 * The load suite: scenarios over every store on the class path, measured the same way and checked for what they did.
 *
 * <p>Read {@link dev.larder.perf.suite.Scenario} first. {@link dev.larder.perf.suite.ClosedLoop} runs each of them as a
 * {@link dev.larder.perf.suite.Cell}, several times, and sums the repetitions up in a {@link dev.larder.perf.suite.Row}.
 * It is one {@link dev.larder.perf.suite.Stage} of a run; what is measured in another way is another stage, whose
 * {@linkplain dev.larder.perf.suite.Result results} stand in the same reports. Correctness is asserted, speed is only
 * reported.
 */
@NullMarked
package dev.larder.perf.suite;

import org.jspecify.annotations.NullMarked;
