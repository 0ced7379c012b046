package dev.larder.perf.report.markdown;

import dev.larder.perf.report.chart.Bars;
import dev.larder.perf.report.chart.Lines;
import dev.larder.perf.report.chart.Stroke;
import dev.larder.perf.report.content.Block;
import dev.larder.perf.report.content.Document;
import dev.larder.perf.report.content.Section;
import dev.larder.perf.report.content.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A report as Markdown, as GitHub writes it.
 *
 * <p>Pictures become the tables of what they show, or a line of blocks where that is long. What stands in another
 * table as well is left out, and so are the details of scenarios: a comment on GitHub holds 65,536 characters.
 */
public final class MarkdownReport {
    private static final Set<String> SHOWN_ELSEWHERE = Set.of("latency");
    private static final int MOST_ROWS = 14;
    private static final int BLOCKS = 10;
    private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

    private final StringBuilder text = new StringBuilder();

    private MarkdownReport() {}

    /**
     * Writes a report.
     *
     * @throws IOException if {@code out} fails
     */
    public static void write(Document document, Writer out) throws IOException {
        MarkdownReport report = new MarkdownReport();
        report.paragraph("# " + escape(document.title()));
        if (!document.subtitle().isEmpty()) {
            report.paragraph(escape(document.subtitle()));
        }
        for (Section section : document.sections()) {
            if (!SHOWN_ELSEWHERE.contains(section.id())) {
                report.paragraph("## " + escape(section.title()));
                section.blocks().forEach(report::add);
            }
        }
        out.write(report.text.toString().stripTrailing());
        out.write('\n');
        out.flush();
    }

    private void paragraph(String paragraph) {
        text.append(paragraph).append("\n\n");
    }

    private void add(Block block) {
        if (block instanceof Block.Paragraph paragraph) {
            paragraph(escape(paragraph.text()));
        } else if (block instanceof Block.Points points) {
            paragraph(points.points().stream()
                    .map(point -> "1. **" + escape(point.head()) + "** " + escape(point.text()))
                    .collect(Collectors.joining("\n")));
        } else if (block instanceof Block.Notice notice) {
            paragraph("> **" + escape(notice.head()) + "**\n>\n"
                    + notice.lines().stream().map(line -> "> - " + escape(line)).collect(Collectors.joining("\n")));
        } else if (block instanceof Block.Facts facts) {
            paragraph(facts.facts().entrySet().stream()
                    .map(fact -> "- " + escape(fact.getKey()) + ": " + escape(fact.getValue()))
                    .collect(Collectors.joining("\n")));
        } else if (block instanceof Block.Tabled tabled) {
            table(tabled.table());
        } else if (block instanceof Block.Charts charts) {
            charts.pictures().forEach(this::picture);
        } else if (block instanceof Block.Folded folded) {
            paragraph("**" + escape(folded.head()) + "**");
            folded.blocks().forEach(this::add);
        } else if (block instanceof Block.Heading heading) {
            paragraph("### " + escape(heading.scenario()));
            heading.blocks().stream()
                    .filter(part -> !(part instanceof Block.Folded))
                    .forEach(this::add);
        } else if (block instanceof Block.Commands commands) {
            String all = String.join("\n", commands.lines());
            String fence = "`".repeat(Math.max(3, longestRun(all) + 1));
            paragraph(fence + "sh\n" + all + "\n" + fence);
        }
    }

    private void picture(Block.Picture picture) {
        // Tables of the same figures follow, or stand in the verdict.
        if (picture.wide() != null || (picture.scenario() != null && picture.chart() instanceof Bars)) {
            return;
        }
        paragraph("**" + escape(picture.chart().title()) + "**");
        if (picture.chart() instanceof Lines lines && picture.data().rows().size() > MOST_ROWS) {
            paragraph(lines.strokes().stream()
                    .map(stroke -> "- " + escape(stroke.ink().name()) + " `" + sparks(stroke, lines) + "`")
                    .collect(Collectors.joining("\n")));
        } else {
            table(picture.data());
        }
    }

    private static String sparks(Stroke stroke, Lines lines) {
        return stroke.points().stream()
                .map(point -> {
                    double part = lines.y().position(point.y());
                    int height = (int) Math.min(HEIGHTS.length() - 1, Math.floor(part * HEIGHTS.length()));
                    return String.valueOf(HEIGHTS.charAt(Math.max(0, height)));
                })
                .collect(Collectors.joining());
    }

    private void table(Table table) {
        text.append(row(
                table.columns().stream().map(column -> escape(column.head())).toList()));
        text.append(row(table.columns().stream()
                .map(column -> column.isFigure() ? "---:" : "---")
                .toList()));
        for (Table.Row row : table.rows()) {
            text.append(row(row.cells().stream().map(MarkdownReport::cell).toList()));
        }
        text.append('\n');
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String cell(Table.Cell cell) {
        StringBuilder text = new StringBuilder(cell.isBad() ? "**" + escape(cell.text()) + "**" : escape(cell.text()));
        Double share = cell.share();
        if (share != null) {
            int full = (int) Math.max(0, Math.min(BLOCKS, Math.round(share * BLOCKS)));
            text.append(" `")
                    .append("█".repeat(full))
                    .append("░".repeat(BLOCKS - full))
                    .append('`');
        }
        if (cell.note() != null) {
            text.append(' ').append(escape(cell.note()));
        }
        return text.toString();
    }

    /** Returns a text that is read as it stands: on one line, and without a sign that Markdown or HTML would take. */
    private static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").replaceAll("([\\\\`*_\\[\\]<>|~#])", "\\\\$1");
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (char c : text.toCharArray()) {
            run = c == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
