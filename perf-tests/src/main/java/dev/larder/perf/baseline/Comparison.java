package dev.larder.perf.baseline;

import dev.larder.perf.baseline.Change.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run beside an earlier one, row by row.
 *
 * <p>A metric of a row is worse if its median moved for the worse by more than the threshold and the repetitions of both
 * runs lie so far apart that this is no accident, with regard to how many were tested. Both are asked for: the test
 * alone would raise an alarm about 2 %, which are certain but of no account, and the threshold alone about noise.
 *
 * @param changes what became of each metric of each row that both have, in the order of the later run
 * @param onlyBefore rows that only the earlier run has
 * @param onlyAfter rows that only the later one has
 * @param differences what the two runs were made on that differs, a line each
 * @param threshold how much worse is too much, as a part
 */
public record Comparison(
        List<Change> changes,
        List<RowKey> onlyBefore,
        List<RowKey> onlyAfter,
        List<String> differences,
        double threshold) {

    /** Below this probability nobody believes in an accident. */
    static final double LEVEL = 0.05;

    /** With fewer repetitions than this on either side, no difference is clear enough. */
    static final int FEWEST = 4;

    /** Compares {@code after} with {@code before}. */
    public static Comparison of(Run before, Run after, double threshold) {
        List<Pair> pairs = new ArrayList<>();
        List<RowKey> onlyAfter = new ArrayList<>();
        after.rows().forEach((key, row) -> {
            Run.Row old = before.rows().get(key);
            if (old == null) {
                onlyAfter.add(key);
                return;
            }
            for (Metric metric : Metric.values()) {
                List<Double> earlier = old.sample(metric);
                List<Double> later = row.sample(metric);
                if (!earlier.isEmpty() && !later.isEmpty()) {
                    pairs.add(new Pair(key, metric, earlier, later, metric.alarms() && !row.floor()));
                }
            }
        });
        return new Comparison(
                judged(pairs, threshold),
                before.rows().keySet().stream()
                        .filter(key -> !after.rows().containsKey(key))
                        .toList(),
                List.copyOf(onlyAfter),
                differences(before.environment(), after.environment()),
                threshold);
    }

    private static List<Change> judged(List<Pair> pairs, double threshold) {
        List<Pair> tested = pairs.stream().filter(Pair::isTested).toList();
        double[] worse =
                Rank.adjusted(tested.stream().mapToDouble(Pair::pOfWorse).toArray());
        double[] better =
                Rank.adjusted(tested.stream().mapToDouble(Pair::pOfBetter).toArray());
        List<Change> changes = new ArrayList<>();
        int next = 0;
        for (Pair pair : pairs) {
            if (pair.isTested()) {
                changes.add(pair.change(worse[next], better[next], threshold));
                next++;
            } else {
                changes.add(pair.change(pair.isJudgedBy() ? Verdict.UNTESTED : Verdict.SHOWN));
            }
        }
        return List.copyOf(changes);
    }

    private static List<String> differences(Map<String, String> before, Map<String, String> after) {
        List<String> differences = new ArrayList<>();
        after.forEach((name, value) -> {
            if ((name.startsWith("machine.") || name.startsWith("jvm."))
                    && !value.equals(before.getOrDefault(name, value))) {
                differences.add(name + " was " + before.get(name) + " and is " + value);
            }
        });
        addIfBusy("earlier", before, differences);
        addIfBusy("later", after, differences);
        return List.copyOf(differences);
    }

    /** What else ran comes and goes between two runs, which no test of their repetitions can know. */
    private static void addIfBusy(String run, Map<String, String> environment, List<String> differences) {
        double load = number(environment, "loadAverage.start");
        double cores = number(environment, "machine.cores");
        if (cores > 0 && load > cores) {
            differences.add("something else kept the machine busy when the " + run
                    + " run began, by its load average of " + load);
        }
    }

    /** Returns what stands under a name, or 0 if that is nothing that can be read: the user may have edited the file. */
    private static double number(Map<String, String> environment, String name) {
        try {
            return Double.parseDouble(environment.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Returns the changes for the worse. */
    public List<Change> alarms() {
        return changes.stream()
                .filter(change -> change.verdict() == Verdict.WORSE)
                .toList();
    }

    /** Returns how many metrics of rows were tested. */
    public long tested() {
        return changes.stream()
                .filter(change -> change.verdict() != Verdict.UNTESTED && change.verdict() != Verdict.SHOWN)
                .count();
    }
}
