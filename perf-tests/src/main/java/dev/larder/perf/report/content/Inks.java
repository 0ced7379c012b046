package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Ink;
import dev.larder.perf.report.data.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The ink of each store, the same in all charts of a report. */
final class Inks {
    private final Map<String, Ink> byStore = new LinkedHashMap<>();

    private Inks() {}

    static Inks of(Measured measured) {
        Inks inks = new Inks();
        Stream.of(
                        measured.run().stores(),
                        measured.micros().stream()
                                .map(micro -> micro.store())
                                .filter(store -> !store.isEmpty())
                                .distinct()
                                .toList())
                .flatMap(List::stream)
                .forEach(inks::add);
        return inks;
    }

    private void add(String store) {
        byStore.computeIfAbsent(store, name -> new Ink(byStore.size(), name));
    }

    /** @throws NullPointerException if the store is in no result */
    Ink of(String store) {
        return Objects.requireNonNull(byStore.get(store));
    }

    List<Ink> all() {
        return List.copyOf(byStore.values());
    }
}
