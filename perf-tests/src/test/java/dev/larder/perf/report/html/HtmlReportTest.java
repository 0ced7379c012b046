package dev.larder.perf.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.larder.perf.report.SampleResults;
import dev.larder.perf.report.content.Document;
import dev.larder.perf.report.data.Measured;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the page. Whether a browser shows it is another test's concern. */
class HtmlReportTest {
    @Test
    void saysHowTheStoresStand() throws Exception {
        SampleResults results = SampleResults.of("memory", "sqlite");
        results.addOverTime("memory", "sustained");

        org.jsoup.nodes.Document page = page(results.document());

        assertThat(page.select("main > section").eachAttr("id"))
                .containsExactly(
                        "verdict",
                        "worst",
                        "environment",
                        "throughput",
                        "latency",
                        "time",
                        "all",
                        "scenarios",
                        "repeat");
        assertThat(page.select("#verdict > p").text())
                .contains(
                        "2 stores in 3 scenarios",
                        "no call to a store of ours failed",
                        "Fastest, of 2 scenarios: memory in 1, sqlite in 1")
                .contains("Farthest from it: sqlite under hit with 1 caller, 1,000/s, 50 % of what memory reaches.");
        assertThat(page.select("#all tbody tr")).hasSize(7);
        assertThat(page.select("#scenarios p").eachText()).contains("Does what burst does.");
        assertThat(page.select("#repeat code").text())
                .contains("./larder bench --scenario hit --scenario burst --scenario sustained --store memory");
    }

    @Test
    void asksNobodyForAnything() throws Exception {
        org.jsoup.nodes.Document page =
                page(SampleResults.of("memory", "sqlite").document());

        assertThat(page.select("[src], iframe, object, embed, base, form, [style]"))
                .isEmpty();
        assertThat(page.select("link").eachAttr("href")).containsExactly("data:,");
        assertThat(page.select("a").eachAttr("href")).allMatch(href -> href.startsWith("#"));
        assertThat(page.select("style").html()).doesNotContain("url(", "@import");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'; img-src data:; style-src 'sha256-")
                .doesNotContain("unsafe");
    }

    @Test
    void canBeReadWithoutSeeingIt() throws Exception {
        SampleResults results = SampleResults.of("memory", "sqlite");
        results.addOverTime("memory", "ramp-up");

        org.jsoup.nodes.Document page = page(results.document());

        assertThat(page.select("html").attr("lang")).isEqualTo("en");
        assertThat(page.select("body > header, body > main, body > footer, header nav[aria-label]"))
                .hasSize(4);
        assertThat(page.select("h1")).hasSize(1);
        List<String> ids = page.select("[id]").eachAttr("id");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(page.select("main > section")).allSatisfy(section -> {
            Element heading = section.selectFirst("h2");
            assertThat(heading).isNotNull();
            assertThat(section.attr("aria-labelledby")).isEqualTo(heading.id());
        });
        assertThat(page.select("svg.chart")).isNotEmpty().allSatisfy(chart -> {
            assertThat(chart.attr("role")).isEqualTo("img");
            for (String id : chart.attr("aria-labelledby").split(" ", -1)) {
                assertThat(chart.select("#" + id).text()).isNotBlank();
            }
        });
        assertThat(page.select("figure"))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.select("details table td"))
                        .as("figures of " + figure.select("h3").text())
                        .isNotEmpty());
        assertThat(page.select("table")).allSatisfy(table -> {
            assertThat(table.select("caption").text()).isNotBlank();
            assertThat(table.select("thead th[scope=col]")).hasSameSizeAs(table.select("thead th"));
            assertThat(table.select("tbody tr")).allSatisfy(row -> {
                assertThat(row.select("th[scope=row]")).hasSize(1);
                assertThat(row.children()).hasSameSizeAs(table.select("thead th"));
            });
        });
        assertThat(page.select("svg").stream().filter(svg -> !svg.hasAttr("aria-hidden") && !svg.hasAttr("role")))
                .isEmpty();
    }

    @Test
    void everyStoreHasAnInkOfItsOwn() throws Exception {
        String[] stores = IntStream.range(0, 9).mapToObj(i -> "store " + i).toArray(String[]::new);

        org.jsoup.nodes.Document page = page(SampleResults.of(stores).document());

        assertThat(page.select(".chip").eachText()).containsExactly(stores);
        assertThat(page.select(".chip").eachAttr("data-key")).doesNotHaveDuplicates();
        assertThat(page.select(".chip svg").eachAttr("class")).doesNotHaveDuplicates();
        assertThat(page.select("#throughput figure[data-scenario=hit] polyline"))
                .hasSize(9);
        assertThat(page.select("#all tr.k8")).hasSize(3);
    }

    @Test
    void coloursThatAreUsedAgainComeWithAnotherShape() throws Exception {
        String[] stores = IntStream.range(0, 24).mapToObj(i -> "store " + i).toArray(String[]::new);

        org.jsoup.nodes.Document page = page(SampleResults.of(stores).document());

        assertThat(page.select(".chip svg").stream()
                        .map(svg -> svg.attr("class").replaceFirst("k\\d+ ", "")
                                + svg.child(1).outerHtml()))
                .hasSize(24)
                .doesNotHaveDuplicates();
    }

    @Test
    void storesAndClientsHaveAPictureEach() throws Exception {
        SampleResults results = SampleResults.of("memory", "sqlite");
        results.add("client", "get-hits", 1, 100);
        results.add("no cache", "get-hits", 1, 10);

        org.jsoup.nodes.Document page = page(results.document());

        assertThat(page.select("#verdict figure svg.wide, #verdict figure .wide svg").stream()
                        .map(chart -> chart.select("text").eachText().stream()
                                .filter(text -> text.matches("[a-z-]+, \\d+"))
                                .toList()))
                .containsExactly(List.of("hit, 8", "burst, 200"), List.of("get-hits, 1"));
    }

    @Test
    void storesOfOneChartNeverLookAlike() throws Exception {
        SampleResults results = new SampleResults();
        for (int i = 0; i < 6; i++) {
            results.add("client " + i, "get-hits", 1, 100);
        }
        for (int i = 0; i < 8; i++) {
            results.add("store " + i, "hit", 1, 100);
        }

        org.jsoup.nodes.Document page = page(results.document());

        assertThat(page.select("#throughput figure"))
                .hasSize(2)
                .allSatisfy(figure -> assertThat(figure.select("svg g").eachAttr("class").stream()
                                .map(css -> css.replaceFirst("k\\d+ ", "")))
                        .doesNotHaveDuplicates());
    }

    @Test
    void oneStoreAloneIsComparedWithNothing() throws Exception {
        org.jsoup.nodes.Document page = page(SampleResults.of("only").document());

        assertThat(page.select("#verdict > p").text())
                .startsWith("1 store in 2 scenarios")
                .doesNotContain("astest");
        assertThat(page.select("#verdict figure, #worst")).isEmpty();
        assertThat(page.select("#throughput figure")).hasSize(2);
    }

    @Test
    void nothingIsAReportToo() throws Exception {
        org.jsoup.nodes.Document page = page(new SampleResults().document());

        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("main > section").eachAttr("id")).containsExactly("repeat");
    }

    @Test
    void emptySeriesAndCallsThatTookNoTimeAreLeftOut() throws Exception {
        SampleResults results = new SampleResults();
        JsonObject result = results.add("memory", "sustained", 5, 10);
        JsonObject series = new JsonObject();
        series.add("points", new JsonArray());
        series.add("pauses", new JsonArray());
        result.add("series", series);
        result.addProperty("throughputPerSecond", 0);
        JsonObject latency = result.getAsJsonObject("latencyNanos");
        List.copyOf(latency.keySet()).forEach(name -> latency.addProperty(name, 0));

        org.jsoup.nodes.Document page = page(results.document());

        assertThat(page.select("figure")).isEmpty();
        assertThat(page.select("#all tbody tr")).hasSize(1);
    }

    @Test
    void troubleComesFirst() throws Exception {
        SampleResults results = SampleResults.of("memory");
        JsonArray violations = new JsonArray();
        violations.add("memory, hit: 3 of 5 calls reached the upstream");
        results.add("memory", "miss", 1, 10).add("violations", violations);
        results.add("memory", "mixed", 1, 10).addProperty("errors", 7);
        JsonObject failing = results.add("other", "mixed", 1, 10);
        failing.addProperty("errors", 9);
        failing.addProperty("baseline", true);
        JsonObject environment = new JsonObject();
        environment.addProperty("partial", true);
        results.add("memory", "users", 1, 10).add("environment", environment);

        org.jsoup.nodes.Document page = page(results.document());

        assertThat(page.select("main > section").first().id()).isEqualTo("trouble");
        assertThat(page.select("#trouble h3").eachText())
                .containsExactly("This is a part of a run", "What must hold did not");
        assertThat(page.select("#trouble .notice").last().select("li").eachText())
                .containsExactly(
                        "memory, hit: 3 of 5 calls reached the upstream",
                        "memory, mixed, 1 caller: 7 calls failed or got a wrong answer");
        assertThat(page.select("#verdict > p").text()).contains("7 calls failed");
        assertThat(page.select("#all td.bad").eachText()).containsExactly("7", "9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onfocus='alert(1)",
                "--><svg/onload=alert(1)>",
                "</title></style><script>alert(1)</script>",
                "a\nb\u0000\u001b[31m]]>&amp;"
            })
    void namesCannotBecomeMarkup(String name) throws Exception {
        SampleResults results = SampleResults.of("memory", name);
        results.add("memory", name, 1, 10);
        JsonObject result = results.addOverTime(name, "sustained");
        result.addProperty("sentence", name);
        result.addProperty(name, name);
        JsonObject environment = new JsonObject();
        environment.addProperty(name, name);
        environment.addProperty("command", name);
        result.add("environment", environment);

        String html = html(results.document());
        org.jsoup.nodes.Document page = Jsoup.parse(html);

        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.select("img, [onerror], [onload], [onfocus]")).isEmpty();
        assertThat(page.select(".chip").eachText()).hasSize(2);
        String readable =
                name.replaceAll("\\p{Cntrl}", " ").replaceAll(" +", " ").strip();
        assertThat(page.select(".chip").get(1).text()).isEqualTo(readable);
        assertThat(page.select("#repeat code").text().replaceAll(" +", " ")).contains(readable);
        assertThat(page.select("svg.chart"))
                .allSatisfy(chart -> assertThat(Jsoup.parse(chart.outerHtml(), "", Parser.xmlParser())
                                .select("svg"))
                        .isNotEmpty());
    }

    @Test
    void limitsAreJudgedByTheirTargets() throws Exception {
        org.jsoup.nodes.Document page = page(Document.of(new Measured.Collector()
                .add("limits.json", SampleResults.limits())
                .beside(null)));

        assertThat(page.select("#verdict > p").text()).contains("1 of 2 targets are met", "put, p99");
        assertThat(page.select("#worst li").eachText())
                .containsExactly("put, p99 misses its target: 4 ms beside 1 ms, a ratio of 4.00 where at most 1.30 is"
                        + " asked for.");
        assertThat(page.select("#floor svg .good text, #floor svg .bad text, #floor svg .open text")
                        .eachText())
                .containsExactlyInAnyOrder(
                        "get, 1 caller", "✓ 0.95", "put, p99", "✗ 4.00", "bytes allocated per get", "2.00");
    }

    @Test
    void anEarlierRunStandsBeside() throws Exception {
        SampleResults before = SampleResults.of("memory");
        SampleResults after = new SampleResults();
        after.add("memory", "hit", 8, 6000);
        Measured.Collector earlier = new Measured.Collector().add("before.json", before.json());

        org.jsoup.nodes.Document page = page(Document.of(
                new Measured.Collector().add("after.json", after.json()).beside(earlier.run())));

        assertThat(page.select("#before figure")).hasSize(1);
        assertThat(page.select("#before tbody td").eachText()).startsWith("8", "3,000/s", "6,000/s", "2.00");
    }

    private static org.jsoup.nodes.Document page(Document document) throws IOException {
        return Jsoup.parse(html(document));
    }

    private static String html(Document document) throws IOException {
        StringWriter html = new StringWriter();
        HtmlReport.write(document, html);
        return html.toString();
    }
}
