package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.perf.scenarios.hitrate.Trace;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which part of a trace two stores answer at the same bytes: what is read stays. */
class HitRatioTest {
    private static final int KEYS = 10_000;
    private static final int CALLS = 20_000;
    private static final CacheEntry ENTRY =
            CacheEntry.newBuilder().data(new byte[1024]).build();

    @TempDir
    Path directory;

    @ParameterizedTest(name = "exponent {0}")
    @ValueSource(doubles = {0.8, 1.0, 1.2})
    void sqliteAnswersNearlyAsMuchOfAZipfTraceAsCaffeine(double exponent) {
        Trace trace = Trace.zipf(KEYS, CALLS, exponent);
        double sqlite = hitRatio("sqlite:" + directory.resolve("zipf.db") + "?maxBytes=2MiB", trace);
        double caffeine = hitRatio("memory:?maxBytes=2MiB", trace);
        System.out.printf(
                "Zipf %.1f, %d keys, 2 MiB: hit ratio of sqlite %.3f, of Caffeine %.3f, quotient %.2f%n",
                exponent, KEYS, sqlite, caffeine, sqlite / caffeine);
        assertThat(sqlite / caffeine).isGreaterThan(0.85);
    }

    @Test
    void aHotSetThatIsReadStaysWhileTenTimesTheBoundIsWritten() {
        try (CacheStore store = CacheStores.open("sqlite:" + directory.resolve("hot.db") + "?maxBytes=1MiB")) {
            int hot = 150;
            for (int i = 0; i < hot; i++) {
                store.put(key(i), ENTRY, soon());
            }
            int missed = 0;
            for (int i = 0; i < 6_000; i++) {
                store.put(key(hot + i), ENTRY, soon());
                missed += store.get(key(i % hot), soon()) == null ? 1 : 0;
            }
            assertThat(missed).isZero();
        }
    }

    private static double hitRatio(String spec, Trace trace) {
        try (CacheStore store = CacheStores.open(spec)) {
            return trace.hits(name -> isThereOrPut(store, name)) / (double) trace.length();
        }
    }

    private static boolean isThereOrPut(CacheStore store, int name) {
        if (store.get(key(name), soon()) != null) {
            return true;
        }
        store.put(key(name), ENTRY, soon());
        return false;
    }

    private static CacheKey key(int name) {
        return CacheKey.sha256(ByteBuffer.allocate(Integer.BYTES).putInt(name).array());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }
}
