package dev.larder.perf.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.larder.perf.report.SampleResults;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
    @Test
    void hasTheSameSectionsAsThePage() throws Exception {
        SampleResults results = SampleResults.of("memory", "sqlite");
        results.addOverTime("memory", "sustained");

        List<String> lines = lines(results);

        assertThat(lines.get(0)).isEqualTo("# How the stores stand");
        assertThat(lines.stream().filter(line -> line.startsWith("## ")))
                .containsExactly(
                        "## Verdict",
                        "## What we are worst at",
                        "## Where it was measured",
                        "## Calls a second",
                        "## Over time",
                        "## Every result",
                        "## What each scenario does",
                        "## To repeat it");
        assertThat(lines)
                .contains(
                        "| scenario | callers | memory | sqlite |",
                        "| --- | ---: | ---: | ---: |",
                        "| hit | 8 | 6,000/s `██████████` p99 2.67 ms | 3,000/s `█████░░░░░` p99 5.33 ms |",
                        "```sh");
    }

    @Test
    void longSeriesBecomeALineOfBlocks() throws Exception {
        SampleResults results = new SampleResults();
        for (int i = 0; i < 5; i++) {
            results.addOverTime("store " + i, "sustained");
        }

        assertThat(lines(results)).contains("- store 4 `▇██`");
    }

    @Test
    void namesCannotBecomeMarkup() throws Exception {
        String name = "a|b\n# <b>`*_[x](y)";
        SampleResults results = SampleResults.of("memory", name);
        JsonObject environment = new JsonObject();
        environment.addProperty("command", "./larder bench --store '```'");
        results.add(name, "miss", 1, 10).add("environment", environment);

        List<String> lines = lines(results);

        assertThat(lines).contains("| scenario | callers | memory | a\\|b \\# \\<b\\>\\`\\*\\_\\[x\\](y) |");
        assertThat(lines).noneMatch(line -> line.startsWith("# <"));
        assertThat(lines).contains("````sh", "./larder bench --store '```'", "````");
    }

    private static List<String> lines(SampleResults results) throws Exception {
        StringWriter text = new StringWriter();
        MarkdownReport.write(results.document(), text);
        return text.toString().lines().toList();
    }
}
