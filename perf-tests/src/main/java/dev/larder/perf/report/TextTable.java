package dev.larder.perf.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in plain text: columns as wide as what is in them, words to the left and figures to the right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final int wordColumns;
    private final List<List<String>> lines = new ArrayList<>();

    /**
     * Makes a table without rows.
     *
     * @param wordColumns how many columns from the left hold words
     * @param heads what stands above the columns
     */
    public TextTable(int wordColumns, String... heads) {
        this.wordColumns = wordColumns;
        lines.add(List.of(heads));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException unless it has as many cells as there are columns
     */
    public void add(String... cells) {
        if (cells.length != lines.get(0).size()) {
            throw new IllegalArgumentException(
                    "a row of " + lines.get(0).size() + " cells is needed, not " + Arrays.toString(cells));
        }
        lines.add(List.of(cells));
    }

    /** Prints heads, a rule, and the rows. */
    public void print(PrintWriter out) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        out.println(text(lines.get(0), widths));
        out.println("-".repeat(Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1)));
        lines.subList(1, lines.size()).forEach(line -> out.println(text(line, widths)));
        out.flush();
    }

    private String text(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - line.get(i).length());
            text.append(i == 0 ? "" : GAP);
            text.append(i < wordColumns ? line.get(i) + padding : padding + line.get(i));
        }
        return text.toString().stripTrailing();
    }
}
