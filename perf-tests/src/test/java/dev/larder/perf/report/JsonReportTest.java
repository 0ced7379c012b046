package dev.larder.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.perf.environment.Environment;
import dev.larder.perf.suite.Latency;
import dev.larder.perf.suite.Repetition;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final Latency LATENCY = new Latency(1, 1, 1, 1, 1, 1, 1);

    @Test
    void detailsStandBesideWhatEveryResultHas() {
        assertThat(text(Map.of("pausedMillis", 7))).contains("\"pausedMillis\": 7", "\"threads\": 3");
    }

    @Test
    void aDetailCannotTakeTheNameOfAnother() {
        assertThatThrownBy(() -> text(Map.of("threads", 7)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a detail of planted is called threads, as a field that every result has");
    }

    private static String text(Map<String, Object> details) {
        return JsonReport.text(List.of(new Planted(details)), Environment.of(List.of()), result -> Map.of());
    }

    private record Planted(Map<String, Object> details) implements Result {
        @Override
        public StoreChoice store() {
            return StoreChoices.before();
        }

        @Override
        public String scenario() {
            return "planted";
        }

        @Override
        public String sentence() {
            return "Has a detail.";
        }

        @Override
        public int callers() {
            return 3;
        }

        @Override
        public long requests() {
            return 1;
        }

        @Override
        public long errors() {
            return 0;
        }

        @Override
        public long wallNanos() {
            return 1;
        }

        @Override
        public Latency latency() {
            return LATENCY;
        }

        @Override
        public long upstreamCalls() {
            return 0;
        }

        @Override
        public double hitRatio() {
            return 0;
        }

        @Override
        public List<Repetition> repetitions() {
            return List.of(new Repetition(1, 1, LATENCY));
        }

        @Override
        public List<String> violations() {
            return List.of();
        }
    }
}
