package dev.larder.perf.report.html;

import dev.larder.perf.report.chart.Ink;
import dev.larder.perf.report.content.Table;
import dev.larder.perf.report.markup.Markup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes tables, each in a box within which it can be scrolled where it is wider than the page. */
final class Tables {
    private final Markup html;
    private final Map<String, Ink> inks;

    /** @param inks the ink of each store, by its name */
    Tables(Markup html, Map<String, Ink> inks) {
        this.html = html;
        this.inks = inks;
    }

    void add(Table table) {
        // Only what has the focus can be scrolled with the keyboard.
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", table.caption());
        List<Object> attributes = new ArrayList<>();
        if (table.isSortable()) {
            Collections.addAll(attributes, "data-sortable", "yes");
        }
        if (hasBars(table)) {
            // Bars can be compared only if their columns are equally wide.
            Collections.addAll(attributes, "class", "even");
        }
        html.open("table", attributes.toArray()).element("caption", table.caption());
        html.open("thead").open("tr");
        for (Table.Column column : table.columns()) {
            html.open("th", "scope", "col", "class", css(column));
            Ink ink = ink(column.store());
            if (ink != null) {
                ink.addSwatchTo(html);
            }
            html.text(column.head()).close();
        }
        html.close().close().open("tbody");
        table.rows().forEach(row -> add(table, row));
        html.close().close().close();
    }

    private void add(Table table, Table.Row row) {
        List<Object> attributes = new ArrayList<>();
        Ink ink = ink(row.store());
        if (ink != null) {
            Collections.addAll(attributes, "class", ink.key());
        }
        if (row.scenario() != null) {
            Collections.addAll(attributes, "data-scenario", row.scenario());
        }
        html.raw("\n").open("tr", attributes.toArray());
        for (int i = 0; i < row.cells().size(); i++) {
            add(table.columns().get(i), row.cells().get(i), i == 0);
        }
        html.close();
    }

    private void add(Table.Column column, Table.Cell cell, boolean isFirst) {
        List<Object> attributes = new ArrayList<>();
        Collections.addAll(attributes, "class", css(column) + (cell.isBad() ? " bad" : ""));
        if (isFirst) {
            Collections.addAll(attributes, "scope", "row");
        }
        if (cell.figure() != null) {
            // All of its digits: rows are sorted by it.
            Collections.addAll(attributes, "data-v", cell.figure().toString());
        }
        html.open(isFirst ? "th" : "td", attributes.toArray());
        html.text(cell.text());
        if (cell.share() != null) {
            bar(cell.share());
        }
        if (cell.note() != null) {
            html.element("small", cell.note());
        }
        html.close();
    }

    private String css(Table.Column column) {
        Ink ink = ink(column.store());
        return (column.isFigure() ? "n" : "w") + (ink == null ? "" : " " + ink.css());
    }

    private @Nullable Ink ink(@Nullable String store) {
        return store == null ? null : inks.get(store);
    }

    private static boolean hasBars(Table table) {
        return table.rows().stream()
                .flatMap(row -> row.cells().stream())
                .map(Table.Cell::share)
                .anyMatch(Objects::nonNull);
    }

    private void bar(double share) {
        double width = Math.max(1, Math.min(1, share) * 100);
        html.open("svg", "class", "share", "viewBox", "0 0 100 6", "preserveAspectRatio", "none", "aria-hidden", "true")
                .leaf("rect", "class", "track", "width", 100, "height", 6)
                .leaf("rect", "class", "fill", "width", width, "height", 6)
                .close();
    }
}
