package dev.larder.perf.steady;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.Latency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitSearchTest {
    private static final Operations SOME = new Operations(10, 0, 0, 0, new Latency(1, 1, 1, 1, 1, 1, 1));

    @Test
    void doublesThenBisectsAndTriesTwiceWhatBreaks() throws InterruptedException {
        LimitSearch search = search(10_000, 1_000);

        assertThat(search.limit()).isEqualTo(10_000);
        assertThat(rates(search))
                .containsExactly(1_000, 2_000, 4_000, 8_000, 16_000, 16_000, 12_000, 12_000, 10_000, 11_000, 11_000);
    }

    @Test
    void beginsWithARateThatIsTooHigh() throws InterruptedException {
        LimitSearch search = search(500, 1_000);

        assertThat(search.limit()).isEqualTo(500);
        assertThat(rates(search)).containsExactly(1_000, 1_000, 500, 750, 750, 625, 625, 562, 562, 531, 531);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000000", "3, 1", "17, 1", "99, 7000", "12345, 1000", "999999, 1", "1000000, 3"})
    void limitIsNotMoreThanATenthTooLow(int capacity, int first) throws InterruptedException {
        assertThat(search(capacity, first).limit())
                .isLessThanOrEqualTo(capacity)
                .isGreaterThanOrEqualTo((int) (capacity / 1.1) - 1);
    }

    @Test
    void endsWithTheHighestRateAndWithNone() throws InterruptedException {
        assertThat(search(Integer.MAX_VALUE, 900_000).limit()).isEqualTo(Arrivals.MOST_PER_SECOND);
        assertThat(search(0, 5).limit()).isZero();
        assertThat(rates(search(0, 5))).containsExactly(5, 5, 2, 2, 1, 1);
    }

    @Test
    void rateThatBreaksOnceHolds() throws InterruptedException {
        boolean[] paused = new boolean[1];
        LimitSearch search = new LimitSearch(perSecond -> {
            boolean pause = perSecond == 4_000 && !paused[0];
            paused[0] |= pause;
            return step(perSecond, pause || perSecond > 7_000);
        });

        search.run(1_000);

        assertThat(search.limit()).isEqualTo(7_000);
    }

    private static LimitSearch search(int capacity, int first) throws InterruptedException {
        LimitSearch search = new LimitSearch(perSecond -> step(perSecond, perSecond > capacity));
        search.run(first);
        return search;
    }

    private static LimitStep step(int perSecond, boolean breaks) {
        return new LimitStep(perSecond, SOME, 1, 1, 0, breaks ? "it broke" : null);
    }

    private static List<Integer> rates(LimitSearch search) {
        return search.steps().stream().map(LimitStep::perSecond).toList();
    }
}
