package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Ink;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Micro;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ink of each store, the same in all charts of a report.
 *
 * <p>There are more stores and clients than colours that are easily told apart. So those of one scenario differ in
 * colour, and those of different ones at least in shape.
 */
final class Inks {
    private final Map<String, Ink> byStore = new LinkedHashMap<>();

    private Inks() {}

    static Inks of(Measured measured) {
        Map<String, Set<String>> charts = new HashMap<>();
        for (Line line : measured.run().lines()) {
            charts.computeIfAbsent("scenario " + line.scenario(), chart -> new HashSet<>())
                    .add(line.store());
        }
        Set<String> stores = new LinkedHashSet<>(measured.run().stores());
        for (Micro micro : measured.micros()) {
            if (!micro.store().isEmpty()) {
                stores.add(micro.store());
                charts.computeIfAbsent("micro " + micro.benchmark(), chart -> new HashSet<>())
                        .add(micro.store());
            }
        }
        Inks inks = new Inks();
        stores.forEach(store -> inks.add(store, charts.values()));
        return inks;
    }

    private void add(String store, Collection<Set<String>> charts) {
        Set<Integer> taken = new HashSet<>();
        for (Set<String> chart : charts) {
            if (chart.contains(store)) {
                byStore.values().stream()
                        .filter(ink -> chart.contains(ink.name()))
                        .forEach(ink -> taken.add(ink.colour()));
            }
        }
        Set<Integer> used = byStore.values().stream().map(Ink::look).collect(Collectors.toSet());
        int look = IntStream.range(0, Ink.LOOKS)
                .filter(free -> !used.contains(free))
                .boxed()
                .min(Comparator.comparing((Integer free) -> taken.contains(free % Ink.COLOURS)))
                .orElse(byStore.size() % Ink.LOOKS);
        byStore.put(store, new Ink(byStore.size(), look, store));
    }

    /** @throws NullPointerException if the store is in no result */
    Ink of(String store) {
        return Objects.requireNonNull(byStore.get(store));
    }

    List<Ink> all() {
        return List.copyOf(byStore.values());
    }
}
