package dev.larder.perf.report.content;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cells in rows and columns.
 *
 * @param caption what the table is of
 * @param columns its columns
 * @param rows from top to bottom, each with as many cells as there are columns
 * @param isSortable whether readers may want another order
 */
public record Table(String caption, List<Column> columns, List<Row> rows, boolean isSortable) {
    /**
     * A column.
     *
     * @param head what stands above it
     * @param isFigure whether it holds figures
     * @param store which store it is about; null if about none
     */
    public record Column(
            String head, boolean isFigure, @Nullable String store) {}

    /**
     * A row.
     *
     * @param cells from left to right
     * @param store what it is about, by which readers may choose rows; null if about none
     * @param scenario likewise
     */
    public record Row(
            List<Cell> cells,
            @Nullable String store,
            @Nullable String scenario) {}

    /**
     * A cell.
     *
     * @param text what it says
     * @param figure by what it is sorted; null for a text
     * @param share how long a bar shows it, 0 to 1; null for no bar
     * @param note what it says beside that, smaller; null for nothing
     * @param isBad whether it is not as it must be
     */
    public record Cell(
            String text,
            @Nullable Double figure,
            @Nullable Double share,
            @Nullable String note,
            boolean isBad) {

        static Cell text(String text) {
            return new Cell(text, null, null, null, false);
        }

        static Cell figure(String text, double figure) {
            return new Cell(text, figure, null, null, false);
        }

        static Cell bad(String text, @Nullable Double figure) {
            return new Cell(text, figure, null, null, true);
        }
    }

    /** Collects a table. */
    static final class Builder {
        private final String caption;
        private final List<Column> columns = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();
        private boolean sortable;

        Builder(String caption) {
            this.caption = caption;
        }

        Builder words(String... heads) {
            for (String head : heads) {
                columns.add(new Column(head, false, null));
            }
            return this;
        }

        Builder figures(String... heads) {
            for (String head : heads) {
                columns.add(new Column(head, true, null));
            }
            return this;
        }

        /** Adds a column of figures for each store, with its name above. */
        Builder stores(Iterable<String> stores) {
            for (String store : stores) {
                columns.add(new Column(store, true, store));
            }
            return this;
        }

        Builder sortable() {
            sortable = true;
            return this;
        }

        Builder row(Cell... cells) {
            return row(null, null, List.of(cells));
        }

        Builder row(@Nullable String store, @Nullable String scenario, List<Cell> cells) {
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException("a row of " + columns.size() + " cells is needed, not " + cells);
            }
            rows.add(new Row(List.copyOf(cells), store, scenario));
            return this;
        }

        Table build() {
            return new Table(caption, List.copyOf(columns), List.copyOf(rows), sortable);
        }
    }
}
