/**
 * The scenario {@code chaos}: callers of a client whose store fails, stalls and recovers.
 *
 * <p>Read {@link dev.larder.perf.scenarios.chaos.Chaos} first.
 */
@NullMarked
package dev.larder.perf.scenarios.chaos;

import org.jspecify.annotations.NullMarked;
