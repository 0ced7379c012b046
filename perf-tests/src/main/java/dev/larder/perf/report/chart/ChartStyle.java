package dev.larder.perf.report.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** How charts look: the same in a page and in a file of their own. */
public final class ChartStyle {
    private static final String COLOURS = read("colours.css");
    private static final String DARK = read("dark.css");
    private static final String SHAPES = read("chart.css");

    private ChartStyle() {}

    /** Returns the colours as variables of {@code :root}, light unless the reader prefers dark ones or a page is told. */
    public static String colours() {
        return ":root{" + COLOURS + "}@media (prefers-color-scheme:dark){:root:not([data-theme=light]){" + DARK
                + "}}:root[data-theme=dark]{" + DARK + "}";
    }

    /** Returns how the parts of a chart are drawn. */
    public static String shapes() {
        return SHAPES;
    }

    static String standalone() {
        return ":root{" + COLOURS + "}@media (prefers-color-scheme:dark){:root{" + DARK + "}}" + SHAPES
                + "text{font-family:system-ui,sans-serif}";
    }

    private static String read(String name) {
        try (InputStream in = ChartStyle.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("larder was built without " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s*\\R\\s*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
