package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HitsTest {
    private final Origin origin = new Origin(Duration.ZERO);

    @AfterEach
    void closeOrigin() {
        origin.close();
    }

    private long callUpstream() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(origin.uri()).build();
        origin.client().send(request, HttpResponse.BodyHandlers.discarding());
        return 0;
    }

    @Test
    void fillingEndsWithThePassThatTheUpstreamDoesNotSee() throws Exception {
        AtomicInteger passes = new AtomicInteger();

        Hits.fill(origin, () -> passes.incrementAndGet() < 3 ? callUpstream() : 0);

        assertThat(passes).hasValue(3);
    }

    @Test
    void cacheThatKeepsNothingIsAFailure() {
        assertThatThrownBy(() -> Hits.fill(origin, this::callUpstream))
                .isInstanceOf(LimitsException.class)
                .hasMessage("after 10 passes there are still answers that are not kept");
    }

    @Test
    void wrongAnswerIsNotKept() {
        assertThatThrownBy(() -> Hits.fill(origin, () -> 2))
                .isInstanceOf(LimitsException.class)
                .hasMessage("2 answers to be kept were wrong");
    }

    @Test
    void hitThatReachesTheUpstreamIsAFailure() throws Exception {
        assertThat(Hits.work(origin, 1, 5, caller -> 0).run().operations()).isEqualTo(5);
        assertThatThrownBy(
                        () -> Hits.work(origin, 1, 5, caller -> callUpstream()).run())
                .isInstanceOf(LimitsException.class)
                .hasMessage("1 hits reached the upstream");
    }

    @Test
    void bodyOfAnotherIsWrong() {
        byte[] expected = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

        assertThat(Hits.isRight(expected, expected.clone())).isTrue();
        for (String other : new String[] {"", "0123456789abcde", "1123456789abcdef", "0123456789abcdee"}) {
            assertThat(Hits.isRight(expected, other.getBytes(StandardCharsets.US_ASCII)))
                    .as(other)
                    .isFalse();
        }
    }
}
