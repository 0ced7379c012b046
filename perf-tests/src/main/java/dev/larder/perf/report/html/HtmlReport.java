package dev.larder.perf.report.html;

import dev.larder.perf.report.chart.ChartStyle;
import dev.larder.perf.report.chart.Ink;
import dev.larder.perf.report.content.Document;
import dev.larder.perf.report.content.Section;
import dev.larder.perf.report.markup.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * A report as one HTML file.
 *
 * <p>It needs no other file, and its content security policy lets it ask for none: only the style and the script whose
 * sums it names are in force. All of it can be read without the script, which only sorts, filters and shows tips.
 */
public final class HtmlReport {
    private static final String SCRIPT = resource("report.js");
    private static final String STYLE = resource("report.css");

    private HtmlReport() {}

    /**
     * Writes a report.
     *
     * @throws IOException if {@code out} fails
     */
    public static void write(Document document, Writer out) throws IOException {
        Markup html = new Markup();
        html.raw("<!doctype html>\n").open("html", "lang", "en");
        head(document, html);
        html.open("body");
        html.element("a", "Skip to the report", "class", "skip", "href", "#main");
        top(document, html);
        filters(document, html);
        html.open("main", "id", "main");
        Blocks blocks = new Blocks(document, html);
        for (Section section : document.sections()) {
            String heading = "h-" + section.id();
            html.raw("\n").open("section", "id", section.id(), "aria-labelledby", heading);
            html.element("h2", section.title(), "id", heading);
            section.blocks().forEach(blocks::add);
            html.close();
        }
        html.close();
        html.open("footer")
                .element("p", "Written by larder bench. This file asks no other computer for anything.")
                .close();
        html.raw("\n<script>" + SCRIPT + "</script>");
        out.write(html.close().close().raw("\n").toString());
        out.flush();
    }

    private static void head(Document document, Markup html) {
        String style = style(document);
        html.open("head").leaf("meta", "charset", "utf-8");
        html.leaf(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; img-src data:; style-src '" + sum(style) + "'; script-src '" + sum(SCRIPT)
                        + "'; base-uri 'none'; form-action 'none'");
        html.leaf("meta", "name", "viewport", "content", "width=device-width,initial-scale=1");
        html.leaf("meta", "name", "color-scheme", "content", "light dark");
        html.leaf("meta", "name", "referrer", "content", "no-referrer");
        // Without one, a browser asks the server that a page comes from.
        html.leaf("link", "rel", "icon", "href", "data:,");
        html.element("title", "larder bench: " + document.title());
        html.raw("\n<style>" + style + "</style>").close().raw("\n");
    }

    private static String style(Document document) {
        return ChartStyle.colours()
                + ChartStyle.shapes()
                + STYLE
                + document.inks().stream()
                        .map(Ink::key)
                        .map(key -> ".off-" + key + " main ." + key + "{display:none}")
                        .collect(Collectors.joining());
    }

    private static void top(Document document, Markup html) {
        html.open("header").open("div", "class", "bar");
        html.element("p", "larder bench", "class", "brand");
        html.element("button", "Dark or light", "type", "button", "id", "theme", "hidden", "hidden");
        html.close();
        html.element("h1", document.title());
        html.element("p", document.subtitle(), "class", "sub");
        html.open("nav", "aria-label", "Sections").open("ul");
        for (Section section : document.sections()) {
            html.open("li")
                    .element("a", section.title(), "href", "#" + section.id())
                    .close();
        }
        html.close().close().close();
    }

    /** The legend of all charts; with the script, each store in it can be hidden. */
    private static void filters(Document document, Markup html) {
        if (document.inks().isEmpty()) {
            return;
        }
        html.raw("\n").open("div", "class", "filters", "role", "region", "aria-label", "Stores and scenarios");
        html.open("ul", "aria-label", "Stores");
        for (Ink ink : document.inks()) {
            html.open("li")
                    .open(
                            "button",
                            "type",
                            "button",
                            "class",
                            "chip",
                            "data-key",
                            ink.key(),
                            "aria-pressed",
                            "true",
                            "disabled",
                            "disabled");
            ink.addSwatchTo(html);
            html.element("span", ink.name()).close().close();
        }
        html.close();
        html.open("label", "class", "pick", "hidden", "hidden").text("Scenario ");
        html.open("select", "id", "scenario").element("option", "all of them", "value", "");
        document.scenarios().forEach(scenario -> html.element("option", scenario, "value", scenario));
        html.close().close().close().raw("\n");
    }

    private static String sum(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("larder was built without " + name);
            }
            // A browser reads every line end as \n, and so the sums count it.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
