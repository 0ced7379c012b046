package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilingTest {
    @TempDir
    private Path directory;

    private static Terminal bench(String... more) {
        String[] common = {"bench", "--quick", "--profile", "--threads=8", "--store=map", "--scenario=miss"};
        String[] arguments = Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, arguments, common.length, more.length);
        return Terminal.larder(arguments);
    }

    @Test
    void eachRowSaysWhereTheTimeOfItsScenarioWent() throws IOException {
        Path json = directory.resolve("rows.json");

        Terminal terminal = bench("--json=" + json);

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        JsonArray rows = JsonParser.parseString(Files.readString(json)).getAsJsonArray();
        assertThat(rows).hasSize(1);
        JsonObject profile = rows.get(0).getAsJsonObject().getAsJsonObject("profile");
        assertThat(profile.get("recording").getAsString()).isEqualTo("rows.jfr");
        assertThat(profile.getAsJsonArray("methods")).hasSizeLessThanOrEqualTo(10);
        assertThat(profile.getAsJsonArray("locks")).hasSizeLessThanOrEqualTo(10);
        assertThat(profile.getAsJsonArray("allocations"))
                .as("thousands of calls")
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(10)
                .allSatisfy(each -> assertThat(text(each, "site")).isNotEmpty())
                .allSatisfy(each -> assertThat(text(each, "type")).doesNotStartWith("["));
        assertThat(terminal.out())
                .contains("map, miss: ", "  allocated", "The recording is in " + directory.resolve("rows.jfr"));
        assertThat(directory.resolve("rows.jfr")).isNotEmptyFile();
    }

    @Test
    void withoutAFileForResultsNoRecordingStays() {
        Terminal terminal = bench();

        assertThat(terminal.exitCode()).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("map, miss: ").doesNotContain("The recording is in");
    }

    private static String text(JsonElement element, String name) {
        return element.getAsJsonObject().get(name).getAsString();
    }
}
