package dev.larder.perf.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.perf.baseline.Metric;
import dev.larder.perf.baseline.Run;
import dev.larder.perf.baseline.RunFile;
import dev.larder.perf.suite.SuiteException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runs alone: whether the comparison is right about them is for a quiet machine to say. */
class SelfTestRunTest {
    @TempDir
    private Path directory;

    @Test
    void aRunWithSlowerStoresHasTheSameRows() {
        Run usual = RunFile.parse(SelfTestRun.run(0, 20, 1), "usual");
        Run slower = RunFile.parse(SelfTestRun.run(0.2, 20, 1), "slower");

        assertThat(usual.rows()).hasSize(2 * 2);
        assertThat(slower.rows().keySet()).isEqualTo(usual.rows().keySet());
        assertThat(slower.rows().values())
                .allSatisfy(
                        row -> assertThat(row.samples().get(Metric.THROUGHPUT)).hasSize(1));
    }

    @Test
    void aRunInAJvmOfItsOwnIsReadBack() throws InterruptedException {
        Run run = SelfTest.run(directory, 0.2, 20, 1);

        assertThat(run.rows()).hasSize(2 * 2);
        assertThat(directory).isDirectoryNotContaining(file -> !file.endsWith("run.json"));
    }

    @Test
    void aRunThatFailsSaysWhy() {
        assertThatThrownBy(() -> SelfTest.run(directory, 0, 20, 0))
                .isInstanceOf(SuiteException.class)
                .hasMessageStartingWith("a run of the self-test failed: ")
                .hasMessageContaining("a scenario is run at least once, not 0 times");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"20,1,1,true", "20,2,0,false", "20,0,2,false", "10,0,0,true", "10,1,0,false", "40,2,2,true"})
    void oneInTwentyMayBeWrong(int pairs, int falseAlarms, int misses, boolean holds) {
        assertThat(new SelfTest.Score(pairs, falseAlarms, misses).holds()).isEqualTo(holds);
    }
}
