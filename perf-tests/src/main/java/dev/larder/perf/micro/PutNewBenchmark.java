package dev.larder.perf.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Puts entries under keys that the store does not have. */
public class PutNewBenchmark extends BatchState {

    /** For JMH. */
    public PutNewBenchmark() {}

    @Override
    void restore() {
        removePut();
    }

    /** Puts a batch. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void put() {
        for (int i = 0; i < BATCH; i++) {
            store().put(keys()[i], entries()[i], deadline());
        }
    }
}
