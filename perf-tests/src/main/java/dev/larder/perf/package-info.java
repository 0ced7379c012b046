/**
 * The {@code larder} command: {@code bench} runs the {@linkplain dev.larder.perf.suite load suite} over every store,
 * {@code demo} is the tour.
 */
@NullMarked
package dev.larder.perf;

import org.jspecify.annotations.NullMarked;
