package dev.larder.perf.micro;

import dev.larder.cache.CacheKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Removes entries that are there, by key. */
public class RemoveBenchmark extends BatchState {
    /** For JMH. */
    public RemoveBenchmark() {}

    @Override
    void restore() {
        keep(0, BATCH, StoreState::entry);
    }

    /** Removes a batch. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void remove() {
        for (CacheKey key : keys()) {
            if (!store().remove(key, deadline())) {
                throw new WrongAnswerException("an entry that was put is not there");
            }
        }
    }
}
