/**
 * The micro benchmarks: what single calls cost, a store's and the client's, in nanoseconds and in bytes allocated.
 *
 * <p>Read {@link dev.larder.perf.micro.StoreState} first, then {@link dev.larder.perf.micro.BatchState}: how a store
 * comes into a benchmark, and how a call is measured that can be made once only. {@link
 * dev.larder.perf.micro.MicroBenchmarks} lists all of them, {@link dev.larder.perf.micro.Micro} has JMH run them. JMH
 * makes subclasses of the benchmarks, for which they are public.
 */
@NullMarked
package dev.larder.perf.micro;

import org.jspecify.annotations.NullMarked;
