/**
 * What the stores cost beside the floor that they stand on: raw JDBC, the bare client, a lookup alone.
 *
 * <p>Read {@link dev.larder.perf.limits.Limits} first. Each row comes from a {@link dev.larder.perf.limits.Comparison}
 * of two {@link dev.larder.perf.limits.Side}s, run turn by turn in one process by {@link dev.larder.perf.limits.Pairing}.
 * That every value is the right one is asserted, speed is only reported.
 */
@NullMarked
package dev.larder.perf.limits;

import org.jspecify.annotations.NullMarked;
