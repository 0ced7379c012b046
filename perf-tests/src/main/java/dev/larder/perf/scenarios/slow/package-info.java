/** Scenarios in which somebody takes his time, a client or the upstream, and the others must not notice. */
@NullMarked
package dev.larder.perf.scenarios.slow;

import org.jspecify.annotations.NullMarked;
