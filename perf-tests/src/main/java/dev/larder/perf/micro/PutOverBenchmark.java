package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import dev.larder.perf.suite.Entries;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Puts entries in place of others of the same size: two versions of each in turn. */
public class PutOverBenchmark extends BatchState {
    private final CacheEntry[] otherVersions = new CacheEntry[BATCH];
    private boolean isOtherDue;

    /** For JMH. */
    public PutOverBenchmark() {}

    @Override
    void prepareBatch() {
        Arrays.setAll(otherVersions, number -> Entries.of(number, 1));
        keep(0, BATCH, StoreState::entry);
    }

    @Override
    void restore() {
        expect(keys()[BATCH - 1], due()[BATCH - 1]);
        isOtherDue = !isOtherDue;
    }

    private CacheEntry[] due() {
        return isOtherDue ? otherVersions : entries();
    }

    /** Puts a batch. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void put() {
        CacheEntry[] due = due();
        for (int i = 0; i < BATCH; i++) {
            store().put(keys()[i], due[i], deadline());
        }
    }
}
