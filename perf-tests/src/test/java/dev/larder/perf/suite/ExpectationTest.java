package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.Expectation.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static final Load LOAD = new Load(2, 0, 50, new Extent(false, Duration.ofSeconds(1)));

    @Test
    void nothingIsWrongWithTheExpectedCount() {
        assertThat(violations(new Outcome(0, null, 0, 50))).isEmpty();
    }

    @Test
    void errorsFailuresOfTheStoreAndAnotherCountAreViolations() {
        assertThat(violations(new Outcome(3, "status 500", 7, 51)))
                .containsExactly(
                        "3 of 100 calls failed, the first with: status 500",
                        "the store failed 7 times",
                        "51 calls reached the upstream instead of 50");
    }

    private static List<String> violations(Outcome outcome) {
        return Expectation.upstreamCalls(load -> load.requests() / 2).violations(LOAD, outcome);
    }
}
