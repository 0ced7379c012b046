package dev.larder.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.tck.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecencyTest {
    private final ManualClock clock = new ManualClock();
    private final Recency recency = new Recency(clock, 0);

    private void note(long prefix) {
        recency.note(prefix, clock.instant());
    }

    @Test
    void eachUseIsLaterAlsoWhenTheClockStandsStillOrStepsBack() {
        note(1);
        note(2);
        clock.advance(Duration.ofHours(-3));
        note(3);
        assertThat(recency.usedAt(1)).isPositive().isLessThan(recency.usedAt(2));
        assertThat(recency.usedAt(2)).isLessThan(recency.usedAt(3));
        assertThat(recency.tick()).isGreaterThan(recency.usedAt(3));
        assertThat(recency.usedAt(4)).isZero();
    }

    @Test
    void theLatestUseCounts() {
        note(0);
        note(-1);
        note(0);
        assertThat(recency.usedAt(0)).isGreaterThan(recency.usedAt(-1));
    }

    @Test
    void whatIsWrittenIsNotWrittenAgainUntilItIsUsedAgain() {
        for (long prefix = 1; prefix <= 10; prefix++) {
            note(prefix);
        }
        Map<Long, Long> written = new HashMap<>();
        assertThat(recency.hasUnwritten()).isTrue();
        assertThat(recency.write(6, written::put)).isEqualTo(6);
        assertThat(recency.hasUnwritten()).isTrue();
        assertThat(recency.write(6, written::put)).isEqualTo(4);
        assertThat(recency.hasUnwritten()).isFalse();
        assertThat(written)
                .hasSize(10)
                .allSatisfy((prefix, usedAt) -> assertThat(usedAt).isEqualTo(recency.usedAt(prefix)));
        note(7);
        written.clear();
        assertThat(recency.write(6, written::put)).isEqualTo(1);
        assertThat(written).containsExactly(Map.entry(7L, recency.usedAt(7)));
    }

    @Test
    void ofMoreThanThereIsRoomForTheLatestAreKnown() {
        Random random = new Random(1);
        long[] prefixes = random.longs(1_000_000).toArray();
        for (long prefix : prefixes) {
            note(prefix);
        }
        int known = 0;
        for (int i = prefixes.length - 20_000; i < prefixes.length; i++) {
            known += recency.usedAt(prefixes[i]) == 0 ? 0 : 1;
        }
        assertThat(known).isGreaterThan(19_900);
    }
}
