/**
 * The scenario {@code hit-rate}: which part of the calls a store answers.
 *
 * <p>Read {@link dev.larder.perf.scenarios.hitrate.HitRate} first. The {@linkplain dev.larder.perf.scenarios.hitrate.Trace
 * traces} are also for others who want to know how well something evicts.
 */
@NullMarked
package dev.larder.perf.scenarios.hitrate;

import org.jspecify.annotations.NullMarked;
