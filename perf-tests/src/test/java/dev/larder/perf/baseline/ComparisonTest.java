package dev.larder.perf.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.baseline.Change.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether the comparison can be trusted: what it calls worse is worse, and what is worse is called so. */
class ComparisonTest {
    private static final int RUNS = 100;
    private static final int ROWS = 120;
    private static final double TEN_PERCENT = 0.1;
    private static final double NOISE = 0.04;

    private static long runsWithAlarm(double noise, int repetitions, IntToDoubleFunction slowness) {
        return IntStream.range(0, RUNS)
                .filter(seed -> {
                    Samples samples = new Samples(seed, noise);
                    Run before = samples.run(ROWS, repetitions, row -> 0);
                    Run after = samples.run(ROWS, repetitions, slowness);
                    return !Comparison.of(before, after, TEN_PERCENT).alarms().isEmpty();
                })
                .count();
    }

    @Test
    void staysQuietWhereNothingHasChanged() {
        assertThat(runsWithAlarm(NOISE, 7, row -> 0)).isLessThanOrEqualTo(5);
        assertThat(runsWithAlarm(0.2, 7, row -> 0)).isLessThanOrEqualTo(5);
    }

    @Test
    void findsAStoreThatTakesAFifthLonger() {
        // A quarter of the rows, as where one of four stores is slower.
        assertThat(runsWithAlarm(NOISE, 7, row -> row % 4 == 0 ? 0.2 : 0)).isGreaterThanOrEqualTo(95);
    }

    @Test
    void findsTheRowsThatTakeAFifthLonger() {
        int found = 0;
        int wrong = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Samples samples = new Samples(seed, NOISE);
            Run before = samples.run(ROWS, 7, row -> 0);
            Run after = samples.run(ROWS, 7, row -> row % 4 == 0 ? 0.2 : 0);
            Map<Boolean, Long> rows = Comparison.of(before, after, TEN_PERCENT).alarms().stream()
                    .map(change -> change.key().threads() - 1)
                    .distinct()
                    .collect(Collectors.partitioningBy(row -> row % 4 == 0, Collectors.counting()));
            found += rows.get(true).intValue();
            wrong += rows.get(false).intValue();
        }
        assertThat(found).isGreaterThan(RUNS * ROWS / 4 * 3 / 4);
        assertThat(wrong).isLessThan(found / 20);
    }

    @Test
    void aSmallLossIsNoAlarmHoweverCertain() {
        Run before = new Samples(1, 0.001).run(1, 7, row -> 0);
        Run after = new Samples(2, 0.001).run(1, 7, row -> 0.05);

        Comparison comparison = Comparison.of(before, after, TEN_PERCENT);

        assertThat(comparison.alarms()).isEmpty();
        assertThat(Comparison.of(before, after, 0.02).alarms()).isNotEmpty();
    }

    @Test
    void aRunIsTheSameAsItself() {
        Run run = new Samples(7, 0.3).run(ROWS, 7, row -> 0);

        Comparison comparison = Comparison.of(run, run, 0);

        assertThat(comparison.changes()).hasSize(ROWS * 3).allSatisfy(change -> {
            assertThat(change.shift().estimate()).isZero();
            assertThat(change.verdict()).isIn(Verdict.SAME, Verdict.SHOWN);
            assertThat(change.adjusted()).isGreaterThan(0.4);
        });
        assertThat(comparison.onlyBefore()).isEmpty();
        assertThat(comparison.onlyAfter()).isEmpty();
    }

    @Test
    void equalFiguresAreNoChange() {
        Run run = new Samples(7, 0).run(1, 7, row -> 0);
        Run constant = new Run(
                run.rows().keySet().stream()
                        .collect(Collectors.toMap(
                                key -> key,
                                key -> new Run.Row(Map.of(Metric.P50, List.of(0.0, 0.0, 0.0, 0.0)), false))),
                Map.of());

        assertThat(Comparison.of(constant, constant, 0).alarms()).isEmpty();
    }

    @Test
    void aGainIsNoAlarm() {
        Run before = new Samples(1, NOISE).run(10, 7, row -> 0.3);
        Run after = new Samples(2, NOISE).run(10, 7, row -> 0);

        Comparison comparison = Comparison.of(before, after, TEN_PERCENT);

        assertThat(comparison.alarms()).isEmpty();
        assertThat(comparison.changes())
                .filteredOn(change -> change.metric() == Metric.THROUGHPUT)
                .extracting(Change::verdict)
                .containsOnly(Verdict.BETTER);
    }

    @Test
    void fewRepetitionsAreNotTested() {
        Run before = new Samples(1, 0).run(1, 1, row -> 0);
        Run after = new Samples(2, 0).run(1, 1, row -> 9);

        Comparison comparison = Comparison.of(before, after, TEN_PERCENT);

        assertThat(comparison.alarms()).isEmpty();
        assertThat(comparison.tested()).isZero();
        StringWriter text = new StringWriter();
        ComparisonTable.print(comparison, new PrintWriter(text));
        assertThat(text.toString()).contains("One row was not tested: that takes 4 repetitions in both runs");
    }

    @Test
    void namesWhatOnlyOneRunHasAndWhereTheyRan() {
        Run both = new Samples(1, NOISE).run(2, 7, row -> 0);
        Run before = new Run(both.rows(), Map.of("machine.cores", "2", "time.start", "yesterday"));
        Run after = new Run(
                new Samples(1, NOISE).run(3, 7, row -> 0).rows(), Map.of("machine.cores", "4", "time.start", "today"));

        Comparison comparison = Comparison.of(before, after, TEN_PERCENT);

        assertThat(comparison.onlyAfter()).containsExactly(new RowKey("store", "scenario", 3));
        assertThat(comparison.differences()).containsExactly("machine.cores was 2 and is 4");
        assertThat(Comparison.of(after, before, TEN_PERCENT).onlyBefore()).hasSize(1);
    }

    @Test
    void saysThatTheMachineWasBusy() {
        Run run = new Samples(1, NOISE).run(1, 7, row -> 0);
        Run quiet = new Run(run.rows(), Map.of("machine.cores", "2", "loadAverage.start", "1.9"));
        Run busy = new Run(run.rows(), Map.of("machine.cores", "2", "loadAverage.start", "15.5"));

        assertThat(Comparison.of(quiet, quiet, TEN_PERCENT).differences()).isEmpty();
        assertThat(Comparison.of(quiet, busy, TEN_PERCENT).differences())
                .containsExactly(
                        "something else kept the machine busy when the later run began, by its load average of 15.5");
    }
}
