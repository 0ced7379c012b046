package dev.larder.perf.report.data;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the load suite measured.
 *
 * @param lines what stores did in scenarios, in the order in which they ran
 * @param probes what was tried out
 */
public record Run(List<Line> lines, List<Probe> probes) {
    /** The store in the shape that programs begin with, which runs beside the others to be compared with. */
    public static final String BEFORE = "before";

    /** Copies the lists. */
    public Run {
        lines = List.copyOf(lines);
        probes = List.copyOf(probes);
    }

    /** Returns the stores: ours, then those of other libraries, then the one that programs begin with. */
    public List<String> stores() {
        Set<String> stores = new LinkedHashSet<>();
        lines.stream().filter(Line::isOurs).forEach(line -> stores.add(line.store()));
        lines.stream().filter(Line::isPeer).forEach(line -> stores.add(line.store()));
        lines.forEach(line -> stores.add(line.store()));
        return List.copyOf(stores);
    }

    /** Returns the scenarios, in the order of their first lines. */
    public List<String> scenarios() {
        return lines.stream().map(Line::scenario).distinct().toList();
    }

    /** Returns how many callers there were in a scenario, ascending. */
    public List<Integer> callers(String scenario) {
        return of(scenario).map(Line::callers).distinct().sorted().toList();
    }

    /** Returns the lines of a scenario. */
    public Stream<Line> of(String scenario) {
        return lines.stream().filter(line -> line.scenario().equals(scenario));
    }

    /** Returns the lines of a scenario with a number of callers, one for each store. */
    public List<Line> cell(String scenario, int callers) {
        return of(scenario).filter(line -> line.callers() == callers).toList();
    }

    /** Returns the line of a store in a scenario with a number of callers, or null. */
    public @Nullable Line find(String scenario, int callers, String store) {
        return lines.stream()
                .filter(line -> line.scenario().equals(scenario)
                        && line.callers() == callers
                        && line.store().equals(store))
                .findFirst()
                .orElse(null);
    }

    /** Returns the line of a store in a scenario with the most callers that it ran with, or null. */
    public @Nullable Line busiest(String scenario, String store) {
        return of(scenario)
                .filter(line -> line.store().equals(store))
                .max(Comparator.comparingInt(Line::callers))
                .orElse(null);
    }

    /** Returns what a scenario does, in a sentence; empty if that is not known. */
    public String sentence(String scenario) {
        return of(scenario)
                .map(Line::sentence)
                .filter(sentence -> !sentence.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns everything that did not hold. */
    public List<String> violations() {
        return lines.stream()
                .flatMap(line -> line.violations().stream())
                .distinct()
                .toList();
    }

    /** Returns whether the run was ended before its end. */
    public boolean isPartial() {
        return lines.stream().anyMatch(Line::partial);
    }

    /** Returns the scenarios of which it is known how they went over time. */
    public List<String> scenariosOverTime() {
        return lines.stream()
                .filter(line -> line.series() != null && !line.series().points().isEmpty())
                .map(Line::scenario)
                .distinct()
                .toList();
    }
}
