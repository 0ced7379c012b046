package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Removes entries that are there by a tag that one of them has. It has another one that it shares with ninety-nine, and
 * those that nobody touches have two of their own kind.
 */
public class RemoveTaggedBenchmark extends BatchState {
    private final String[] tags = new String[BATCH];

    /** For JMH. */
    public RemoveTaggedBenchmark() {}

    @Override
    CacheEntry other(long number) {
        return tagged(number, "other:" + number, "others:" + number % 10);
    }

    @Override
    CacheEntry own(int number) {
        return tagged(number, "own:" + number, "group:" + number % 2);
    }

    @Override
    void prepareBatch() {
        Arrays.setAll(tags, number -> "own:" + number);
    }

    @Override
    void restore() {
        keep(0, BATCH, number -> entries()[(int) number]);
    }

    /** Removes a batch, an entry by each call. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void remove() {
        for (String tag : tags) {
            long gone = store().removeTagged(tag, deadline());
            if (gone != 1) {
                throw new WrongAnswerException("by a tag that one entry has, " + gone + " were removed");
            }
        }
    }
}
