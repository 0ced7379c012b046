package dev.larder.perf;

import dev.larder.perf.report.content.Document;
import dev.larder.perf.report.content.Pictures;
import dev.larder.perf.report.data.BadResultsException;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.html.HtmlReport;
import dev.larder.perf.report.markdown.MarkdownReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a report is written to, and as what. */
final class ReportOptions {
    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a report to this file, as one page that needs no other file and no network.")
    private @Nullable Path html;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the same to this file as Markdown, for a pull request.")
    private @Nullable Path markdown;

    @Option(
            names = "--pictures",
            paramLabel = "DIRECTORY",
            description = "Write the main charts into this directory, each as an SVG file of its own.")
    private @Nullable Path pictures;

    /** Returns whether anything is asked for. */
    boolean isAnything() {
        return html != null || markdown != null || pictures != null;
    }

    /**
     * Returns the files that are asked for, which are left as they are until there is a report.
     *
     * @throws CommandException if one of them cannot be written
     */
    Targets check() {
        if (pictures != null && !Files.isDirectory(pictures)) {
            throw CommandException.badInput("cannot write pictures to " + pictures + ": "
                    + (Files.exists(pictures) ? "it is no directory" : "it does not exist"));
        }
        Map<String, ResultFile> drawn = new LinkedHashMap<>();
        if (pictures != null) {
            for (String name : Pictures.NAMES) {
                drawn.put(name, ResultFile.at(pictures.resolve(name)));
            }
        }
        return new Targets(
                html == null ? null : ResultFile.at(html), markdown == null ? null : ResultFile.at(markdown), drawn);
    }

    /** Returns where the page is to go, or null if it is not asked for. */
    @Nullable
    Path html() {
        return html;
    }

    /**
     * Files that can be written.
     *
     * @param html null if it is not asked for
     * @param markdown likewise
     * @param pictures by their names
     */
    record Targets(@Nullable ResultFile html, @Nullable ResultFile markdown, Map<String, ResultFile> pictures) {
        /**
         * Writes the report of a run that has just ended, from the JSON that is written of it: so it is the same as one
         * that is made of the file later.
         *
         * @throws CommandException if that fails
         */
        void writeResults(String json) {
            try {
                write(new Measured.Collector().add("this run", json).beside(null));
            } catch (BadResultsException e) {
                throw new IllegalStateException("what was measured cannot be read back", e);
            }
        }

        /**
         * Writes the report of what was measured.
         *
         * @throws CommandException if that fails
         */
        void write(Measured measured) {
            if (html == null && markdown == null && pictures.isEmpty()) {
                return;
            }
            Document document = Document.of(measured);
            if (html != null) {
                html.write(writer -> HtmlReport.write(document, writer));
            }
            if (markdown != null) {
                markdown.write(writer -> MarkdownReport.write(document, writer));
            }
            if (!pictures.isEmpty()) {
                Pictures.of(document).forEach((name, svg) -> {
                    ResultFile file = pictures.get(name);
                    if (file != null) {
                        file.write(writer -> writer.write(svg));
                    }
                });
            }
        }
    }
}
