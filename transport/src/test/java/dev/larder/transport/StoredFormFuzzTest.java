package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a store returns: what was written is read as it was, and anything else is nothing.
 *
 * <p>{@code -Dlarder.fuzz.rounds=N} makes it longer and adds a seed of chance; the seed is in the name of the test.
 */
@Timeout(600)
final class StoredFormFuzzTest {
    private static final String ROUNDS_PROPERTY = "larder.fuzz.rounds";
    private static final int ROUNDS = Integer.getInteger(ROUNDS_PROPERTY, 5_000);

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>(List.of(1L, 2L));
        if (System.getProperty(ROUNDS_PROPERTY) != null) {
            seeds.add(new Random().nextLong());
        }
        return seeds;
    }

    private interface Round {
        void run(CacheKey key, Stored stored, CacheEntry entry, Random random);
    }

    private static void inRounds(long seed, Round test) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            CacheKey key = StoredForms.key(random);
            Stored stored = random.nextInt(4) == 0 ? StoredForms.index(key, random) : StoredForms.response(key, random);
            CacheEntry entry = stored instanceof VaryIndex index
                    ? index.toEntry(Instant.EPOCH, Instant.MAX, Set.of())
                    : ((StoredResponse) stored).toEntry();
            try {
                test.run(key, stored, entry, random);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + stored + ": " + e, e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasWrittenIsReadAsItWas(long seed) {
        inRounds(seed, (key, stored, entry, random) -> {
            assertSame(StoredCodec.decode(key, entry), stored);
            assertThat(StoredCodec.decode(StoredForms.key(random), entry)).isNull();
        });
    }

    private static void assertSame(Stored read, Stored written) {
        if (!(written instanceof StoredResponse response)) {
            assertThat(read).isEqualTo(written);
            return;
        }
        assertThat(read).isInstanceOf(StoredResponse.class);
        StoredResponse found = (StoredResponse) read;
        StoredResponse.Head head = found.head();
        assertThat(head.status()).isEqualTo(response.head().status());
        assertThat(head.version()).isEqualTo(response.head().version());
        assertThat(head.freshness()).isEqualTo(response.head().freshness());
        assertThat(head.varyNames()).isEqualTo(response.head().varyNames());
        assertThat(head.fields()).isEqualTo(response.head().fields());
        assertThat(found.data()).isEqualTo(response.data());
        assertThat(found.key()).isEqualTo(response.key());
        assertThat(found.tags()).isEqualTo(response.tags());
        // The directives too, which are compared in no other way.
        assertThat(StoredCodec.encode(found)).isEqualTo(StoredCodec.encode(response));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasDamagedIsNothing(long seed) {
        inRounds(seed, (key, stored, entry, random) -> {
            CacheEntry damaged = StoredForms.damaged(entry, random);
            assertThat(StoredCodec.decode(key, damaged)).isNull();
            assertThat(StoredCodec.decode(StoredForms.key(random), damaged)).isNull();
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasForgedHurtsNobodyWhoReadsIt(long seed) {
        inRounds(seed, (key, stored, entry, random) -> {
            CacheEntry forged = StoredForms.forged(entry, random);
            Stored read = StoredCodec.decode(key, forged);
            if (read instanceof StoredResponse response) {
                // Its body is the one that the sum is over, and all that can be asked of it can be answered.
                assertThat(response.data()).isEqualTo(entry.data());
                assertThat(response.head().fields().map()).isNotNull();
                assertThat(response.head().freshness().ageMillis(random.nextLong()))
                        .isNotNegative();
                assertSame(StoredCodec.decode(key, response.toEntry()), response);
            } else if (read instanceof VaryIndex index) {
                assertThat(index.selections()).isNotNull();
                assertThat(index.key()).isEqualTo(key);
            }
        });
    }
}
