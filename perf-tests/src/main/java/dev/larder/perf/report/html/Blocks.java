package dev.larder.perf.report.html;

import dev.larder.perf.report.chart.Chart;
import dev.larder.perf.report.chart.Ink;
import dev.larder.perf.report.content.Block;
import dev.larder.perf.report.content.Document;
import dev.larder.perf.report.markup.Markup;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the parts of sections. */
final class Blocks {
    private final Markup html;
    private final Tables tables;
    private int charts;

    Blocks(Document document, Markup html) {
        this.html = html;
        Map<String, Ink> inks = document.inks().stream().collect(Collectors.toMap(Ink::name, ink -> ink));
        this.tables = new Tables(html, inks);
    }

    void add(Block block) {
        // A switch over the kinds would need a newer Java.
        if (block instanceof Block.Paragraph paragraph) {
            html.element("p", paragraph.text());
        } else if (block instanceof Block.Points points) {
            points(points);
        } else if (block instanceof Block.Notice notice) {
            notice(notice);
        } else if (block instanceof Block.Facts facts) {
            facts(facts);
        } else if (block instanceof Block.Tabled tabled) {
            tables.add(tabled.table());
        } else if (block instanceof Block.Charts pictures) {
            html.open("div", "class", pictures.pictures().stream().anyMatch(p -> p.wide() != null) ? "solo" : "charts");
            pictures.pictures().forEach(this::picture);
            html.close();
        } else if (block instanceof Block.Folded folded) {
            open("details", "folded", folded.scenario());
            html.element("summary", folded.head());
            folded.blocks().forEach(this::add);
            html.close();
        } else if (block instanceof Block.Heading heading) {
            open("div", "about", heading.scenario());
            html.element("h3", heading.scenario());
            heading.blocks().forEach(this::add);
            html.close();
        } else if (block instanceof Block.Commands commands) {
            html.open("pre", "tabindex", "0", "role", "region", "aria-label", "Commands")
                    .element("code", String.join("\n", commands.lines()), "class", "lines")
                    .close();
        }
    }

    private void open(String tag, String css, @Nullable String scenario) {
        if (scenario == null) {
            html.open(tag, "class", css);
        } else {
            html.open(tag, "class", css, "data-scenario", scenario);
        }
    }

    private void points(Block.Points points) {
        html.open("ol", "class", "points");
        for (Block.Point point : points.points()) {
            html.open("li")
                    .element("strong", point.head())
                    .text(" " + point.text())
                    .close();
        }
        html.close();
    }

    private void notice(Block.Notice notice) {
        html.open("div", "class", "notice").element("h3", notice.head()).open("ul");
        notice.lines().forEach(line -> html.element("li", line));
        html.close().close();
    }

    private void facts(Block.Facts facts) {
        html.open("dl", "class", "facts");
        facts.facts()
                .forEach((name, value) -> html.open("div")
                        .element("dt", name)
                        .element("dd", value)
                        .close());
        html.close();
    }

    private void picture(Block.Picture picture) {
        Chart chart = picture.chart();
        open("figure", "card", picture.scenario());
        html.open("figcaption").element("h3", chart.title()).close();
        if (picture.wide() == null) {
            chart.addTo(html, id(), Chart.WIDTH);
        } else {
            html.open("div", "class", "narrow");
            chart.addTo(html, id(), Chart.WIDTH);
            html.close().open("div", "class", "wide");
            chart.addTo(html, id(), picture.wide());
            html.close();
        }
        html.open("details").element("summary", "Figures");
        tables.add(picture.data());
        html.close().close();
    }

    private String id() {
        return "chart-" + ++charts;
    }
}
