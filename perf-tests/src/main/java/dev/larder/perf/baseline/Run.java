package dev.larder.perf.baseline;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run of the load suite gave, as far as runs are compared.
 *
 * @param rows the rows by their key, in the order of the file
 * @param environment what the figures depend on beside the code, by its name; empty where the run does not say
 */
public record Run(Map<RowKey, Row> rows, Map<String, String> environment) {
    /**
     * The repetitions of a row.
     *
     * @param samples what each repetition gave, by metric
     * @param floor whether the store is one that larder's are only compared with
     */
    public record Row(Map<Metric, List<Double>> samples, boolean floor) {
        /** Copies the samples. */
        public Row {
            Map<Metric, List<Double>> copy = new EnumMap<>(Metric.class);
            samples.forEach((metric, sample) -> copy.put(metric, List.copyOf(sample)));
            samples = copy;
        }

        List<Double> sample(Metric metric) {
            return samples.getOrDefault(metric, List.of());
        }
    }

    /** Copies the maps. */
    public Run {
        rows = new LinkedHashMap<>(rows);
        environment = new LinkedHashMap<>(environment);
    }

    /**
     * Refuses to be compared with a run that has none of its rows.
     *
     * @param name what the user calls this run
     * @param others the keys of the other one
     * @throws BaselineException if there is no row in common
     */
    public void requireSomeOf(Set<RowKey> others, String name) {
        if (rows.keySet().stream().noneMatch(others::contains)) {
            throw new BaselineException(name + " has no row in common with this run: it holds "
                    + rows.keySet().iterator().next()
                    + (rows.size() > 1 ? " and " + (rows.size() - 1) + " more" : "")
                    + "; a row is the same if its store, scenario and number of callers are");
        }
    }
}
