package dev.larder.perf.steady;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.ProgressLog;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import dev.larder.perf.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenario, small, over every store on the class path and the baseline. */
class SteadyTest {
    private static final Arrivals FORTY = new Arrivals(200, Duration.ofMillis(200));

    static Stream<StoreChoice> stores() {
        return Stream.concat(StoreChoices.all().stream(), Stream.of(StoreChoices.before()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void everyCallIsMadeOrDroppedAndNoneFails(StoreChoice choice) throws InterruptedException {
        SteadyResult result = run(choice);

        assertThat(result.firstError()).isNull();
        assertThat(result.violations()).isEmpty();
        assertThat(result.all().offered()).isEqualTo(FORTY.count());
        assertThat(result.requests() + result.all().dropped()).isEqualTo(40);
        assertThat(result.reads().offered() + result.writes().offered()).isEqualTo(40);
        assertThat(result.reads().requests() + result.writes().requests()).isEqualTo(result.requests());
        assertThat(result.all().late())
                .isEqualTo(result.reads().late() + result.writes().late());
        assertThat(result.hits())
                .as("nothing is evicted")
                .isEqualTo(result.reads().requests());
        assertThat(result.callers()).as("no more than there are calls").isEqualTo(40);
        assertThat(result.latency().max()).isPositive();
        assertThat(result.wallNanos()).isPositive().isLessThanOrEqualTo(result.settledNanos());
    }

    @Test
    void progressHasAStepForTheWarmUpAndForEachSecond() throws InterruptedException {
        ProgressLog progress = new ProgressLog();

        Suite.run(List.of(steady(StoreChoices.named("map"))), progress);

        assertThat(progress.lines()).containsExactly("2 steps", "map, steady, warm-up", "map, steady, 1 of 1 s", "end");
    }

    @Test
    void errorsAreAViolationButOfABaseline() {
        Operations failed = new Operations(10, 3, 0, 0, null);
        assertThat(result(StoreChoices.named("map").get(0), failed).violations())
                .containsExactly("map, steady: 3 of 10 calls failed, the first with: TIMEOUT");
        assertThat(result(StoreChoices.before(), failed).violations()).isEmpty();
    }

    private static SteadyResult result(StoreChoice choice, Operations operations) {
        return new SteadyResult(choice, FORTY, 40, 1, 1, operations, operations, operations, 0, "TIMEOUT");
    }

    private static SteadyResult run(StoreChoice choice) throws InterruptedException {
        return steady(List.of(choice)).run(Progress.none()).get(0);
    }

    private static Steady steady(List<StoreChoice> choices) {
        return new Steady(new SteadyPlan(choices, FORTY, Duration.ofMillis(50), 2_000, 100));
    }
}
