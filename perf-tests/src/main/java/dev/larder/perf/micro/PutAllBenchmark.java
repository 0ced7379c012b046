package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Puts five entries at once under keys that the store does not have. A call counts once. */
public class PutAllBenchmark extends BatchState {
    private static final int AT_ONCE = 5;

    private final List<Map<CacheKey, CacheEntry>> calls = new ArrayList<>();

    /** For JMH. */
    public PutAllBenchmark() {}

    @Override
    void prepareBatch() {
        for (int from = 0; from < BATCH; from += AT_ONCE) {
            Map<CacheKey, CacheEntry> call = new HashMap<>();
            for (int i = from; i < from + AT_ONCE; i++) {
                call.put(keys()[i], entries()[i]);
            }
            calls.add(call);
        }
    }

    @Override
    void restore() {
        removePut();
    }

    /** Puts a batch. */
    @Benchmark
    @OperationsPerInvocation(BATCH / AT_ONCE)
    public void putAll() {
        for (Map<CacheKey, CacheEntry> call : calls) {
            store().putAll(call, deadline());
        }
    }
}
