package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Ratios;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Limit;
import dev.larder.perf.report.data.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Ours beside the floor that it stands on, and beside peers. */
final class Floor {
    private Floor() {}

    static List<Section> sections(Measured measured) {
        if (measured.limits().isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph("Each figure of ours beside the least that it can be, or beside what another"
                + " library needs for the same. The bar begins where both are equal: to the right ours is better, to"
                + " the left worse. The upright stroke is the target, ✓ and ✗ say whether it is met; the thin line is"
                + " what the repetitions lie between."));
        Map<String, List<Limit>> groups = new LinkedHashMap<>();
        for (Limit limit : measured.limits()) {
            groups.computeIfAbsent(group(limit.name()), name -> new ArrayList<>())
                    .add(limit);
        }
        List<Block.Picture> pictures = new ArrayList<>();
        groups.forEach(
                (name, limits) -> pictures.add(new Block.Picture(chart(name, limits), table(name, limits), null)));
        blocks.add(new Block.Charts(List.copyOf(pictures)));
        return List.of(new Section("floor", "Beside the floor and beside peers", blocks));
    }

    private static String group(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http miss scaling")) {
            return "A miss with more and more callers";
        }
        if (lower.startsWith("http miss")) {
            return "A miss, beside the bare client";
        }
        if (lower.startsWith("http") || name.startsWith("GET")) {
            return "A hit, beside the least it can be and peers";
        }
        return lower.startsWith("get")
                ? "Reading from SQLite, beside raw JDBC"
                : lower.startsWith("put") ? "Writing to SQLite, beside raw JDBC" : "Other limits";
    }

    /** Returns how ours stands to what is asked for, without the name. */
    static String judged(Limit limit) {
        String is = Amounts.in(limit.unit(), limit.ours()) + " beside " + Amounts.in(limit.unit(), limit.floor())
                + ", a ratio of " + Amounts.ratio(limit.ratio());
        return limit.target() == null
                ? is
                : is + " where " + (limit.atLeast() ? "at least " : "at most ") + Amounts.ratio(limit.target())
                        + " is asked for";
    }

    private static Ratios chart(String name, List<Limit> limits) {
        List<Ratios.Row> rows = new ArrayList<>();
        for (Limit limit : limits) {
            double low = Math.min(limit.merit(limit.lowest()), limit.merit(limit.highest()));
            double high = Math.max(limit.merit(limit.lowest()), limit.merit(limit.highest()));
            rows.add(new Ratios.Row(
                    limit.name(),
                    limit.merit(),
                    low,
                    high,
                    limit.target() == null ? null : limit.merit(limit.target()),
                    Amounts.ratio(limit.ratio()),
                    limit.name() + ": " + judged(limit)));
        }
        return new Ratios(
                name,
                limits.size() + " comparisons, "
                        + limits.stream().filter(limit -> !limit.holds()).count() + " of which miss their target.",
                rows);
    }

    private static Table table(String name, List<Limit> limits) {
        Table.Builder table = new Table.Builder(name)
                .words("what")
                .figures("ours", "floor", "ratio", "target")
                .words("met");
        for (Limit limit : limits) {
            Double target = limit.target();
            Cell met = target == null
                    ? Cell.text("not asked for")
                    : limit.holds() ? Cell.text("yes") : Cell.bad("no", null);
            table.row(
                    Cell.text(limit.name()),
                    Cell.figure(Amounts.in(limit.unit(), limit.ours()), limit.ours()),
                    Cell.figure(Amounts.in(limit.unit(), limit.floor()), limit.floor()),
                    Cell.figure(Amounts.ratio(limit.ratio()), limit.ratio()),
                    target == null
                            ? Cell.text("")
                            : Cell.figure((limit.atLeast() ? "≥ " : "≤ ") + Amounts.ratio(target), target),
                    met);
        }
        return table.build();
    }
}
