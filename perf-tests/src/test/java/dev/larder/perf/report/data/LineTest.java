package dev.larder.perf.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.larder.perf.report.SampleResults;
import org.junit.jupiter.api.Test;

class LineTest {
    private final SampleResults results = new SampleResults();
    private final JsonObject result = results.add("memory", "hit", 1, 1000);

    private Line line() throws BadResultsException {
        return new Measured.Collector()
                .add("results.json", results.json())
                .run()
                .lines()
                .get(0);
    }

    @Test
    void readsWhereItRanByPaths() throws Exception {
        result.add(
                "environment",
                JsonParser.parseString("{\"machine\": {\"cores\": 2}, \"git\": {\"dirty\": null}, \"partial\": true}"));

        assertThat(line().environment()).containsOnlyKeys("machine.cores", "partial");
        assertThat(line().partial()).isTrue();
    }

    @Test
    void whatEarlierVersionsWroteBesideTheEnvironmentIsNoDetail() throws Exception {
        result.addProperty("callerThreads", "platform");
        result.addProperty("java", "17.0.15");
        result.addProperty("cpus", 2);
        result.addProperty("pausedMillis", 7);

        assertThat(line().details()).containsOnlyKeys("pausedMillis");
        assertThat(line().environment()).isEmpty();
    }

    @Test
    void tellsStoresFromThoseThatTheyAreComparedWith() throws Exception {
        assertThat(line().isOurs()).isTrue();
        assertThat(line().isPeer()).isFalse();

        result.addProperty("baseline", true);
        assertThat(line().isOurs()).isFalse();
        assertThat(line().isPeer()).isTrue();

        result.addProperty("store", Run.BEFORE);
        assertThat(line().isOurs()).isFalse();
        assertThat(line().isPeer()).isFalse();
    }
}
