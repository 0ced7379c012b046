package dev.larder.perf.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import dev.larder.perf.report.SampleResults;
import dev.larder.perf.report.content.Document;
import dev.larder.perf.report.data.Measured;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a browser shows it. */
class ReportInChromiumTest {
    private static final int TAB = 9;
    private static final int ENTER = 13;

    @TempDir
    private static Path directory;

    private static Browser browser;
    private static URI page;

    @BeforeAll
    static void openBrowser() throws Exception {
        Optional<Path> program = Browser.find();
        assumeTrue(
                program.isPresent(), "chromium is not on the PATH, so the page cannot be seen as a browser shows it");
        page = Files.writeString(directory.resolve("report.html"), html()).toUri();
        browser = Browser.start(program.get(), Files.createDirectory(directory.resolve("profile")));
    }

    @AfterAll
    static void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void loadPage() throws Exception {
        browser.call("Emulation.clearDeviceMetricsOverride", "{}");
        browser.call("Emulation.setEmulatedMedia", "{}");
        browser.load(page);
    }

    private static String html() throws Exception {
        String injected = "</script><script>document.title='injected'</script><img src=x onerror=document.title='x'>";
        SampleResults results = SampleResults.of("memory", "sqlite committed", "tiered (memory over sqlite)", injected);
        results.addOverTime("memory", "sustained");
        StringWriter html = new StringWriter();
        HtmlReport.write(
                Document.of(new Measured.Collector()
                        .add("results.json", results.json())
                        .add("limits.json", SampleResults.limits())
                        .beside(null)),
                html);
        return html.toString();
    }

    @Test
    void complainsOfNothingAndAsksForNothing() throws Exception {
        assertThat(browser.evaluate("document.title").getAsString()).isEqualTo("larder bench: How the stores stand");
        assertThat(browser.events("Log.entryAdded")).isEmpty();
        assertThat(browser.events("Runtime.consoleAPICalled")).isEmpty();
        assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
        assertThat(browser.events("Network.requestWillBeSent"))
                .extracting(
                        request -> request.getAsJsonObject("request").get("url").getAsString())
                .allMatch(url -> url.equals(page.toString()) || url.startsWith("data:"))
                .contains(page.toString());
    }

    @Test
    void mayAskForNothing() throws Exception {
        JsonElement refused = browser.evaluate(
                "new Promise(resolve => { document.addEventListener('securitypolicyviolation',"
                        + " event => resolve(event.effectiveDirective)); fetch('http://127.0.0.1:9/').catch(() => {}); })");

        assertThat(refused.getAsString()).isEqualTo("connect-src");
        assertThat(browser.events("Network.requestWillBeSent"))
                .noneMatch(request -> request.toString().contains("127.0.0.1"));
    }

    @Test
    void drawsItsCharts() throws Exception {
        assertThat(browser.evaluate("Array.from(document.querySelectorAll('svg.chart'))"
                                + ".filter(chart => chart.checkVisibility()).map(chart => {"
                                + "  const box = chart.getBoundingClientRect();"
                                + "  const inside = Array.from(chart.querySelectorAll('.m, polyline'))"
                                + "    .map(part => part.getBoundingClientRect());"
                                + "  return box.width > 200 && box.height > 30 && inside.length > 0 && inside.every("
                                + "    part => part.width + part.height > 0 && part.left > box.left - 1"
                                + "      && part.right < box.right + 1 && part.top > box.top - 1"
                                + "      && part.bottom < box.bottom + 1); })")
                        .getAsJsonArray())
                .as("a verdict, throughput and latency of three scenarios, three over time, two groups of limits")
                .hasSize(1 + 3 + 3 + 3 + 3)
                .allMatch(JsonElement::getAsBoolean);
    }

    @Test
    void isDarkWhereThatIsPreferredOrAskedFor() throws Exception {
        assertThat(brightness()).isGreaterThan(200);
        browser.call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"dark\"}]}");
        assertThat(brightness()).isLessThan(60);

        browser.evaluate("document.getElementById('theme').click()");
        assertThat(brightness()).isGreaterThan(200);
        browser.evaluate("document.getElementById('theme').click()");
        assertThat(brightness()).isLessThan(60);
    }

    private static int brightness() throws Exception {
        return browser.evaluate("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
                .getAsInt();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 400, 768, 1280})
    void fitsIntoItsWindow(int width) throws Exception {
        browser.call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":640,\"deviceScaleFactor\":1,\"mobile\":" + (width < 500) + "}");
        browser.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");

        assertThat(browser.evaluate("innerWidth").getAsInt()).isEqualTo(width);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").getAsInt())
                .isLessThanOrEqualTo(width);
        assertThat(browser.evaluate("Math.min(...Array.from(document.querySelectorAll('svg.chart text'))"
                                + ".map(text => text.getBoundingClientRect().height).filter(height => height > 0))")
                        .getAsDouble())
                .as("the smallest text in a chart")
                .isGreaterThan(9);
    }

    @Test
    void sortsByKeyboard() throws Exception {
        browser.evaluate("document.querySelector('#all .scroll').focus()");
        browser.press("Tab", TAB);
        browser.press("Enter", ENTER);
        assertThat(sorted()).isEqualTo("store ascending");
        List<String> stores = column(1);
        assertThat(stores).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        browser.press("Enter", ENTER);
        assertThat(sorted()).isEqualTo("store descending");
        assertThat(new ArrayList<>(column(1)).get(0)).isEqualTo(stores.get(stores.size() - 1));

        for (int i = 0; i < 5; i++) {
            browser.press("Tab", TAB);
        }
        browser.press("Enter", ENTER);

        assertThat(sorted()).isEqualTo("calls a second descending");
        assertThat(column(6)).startsWith("12 k", "9,000").endsWith("100", "50");
    }

    private static String sorted() throws Exception {
        return browser.evaluate("Array.from(document.querySelectorAll('#all th[aria-sort]'))"
                        + ".map(th => th.textContent + ' ' + th.getAttribute('aria-sort')).join()")
                .getAsString();
    }

    private static List<String> column(int number) throws Exception {
        List<String> cells = new ArrayList<>();
        browser.evaluate("Array.from(document.querySelectorAll('#all tbody tr > :nth-child(" + number + ")'))"
                        + ".map(cell => cell.textContent)")
                .getAsJsonArray()
                .forEach(cell -> cells.add(cell.getAsString()));
        return cells;
    }

    @Test
    void hidesStoresAndScenarios() throws Exception {
        assertThat(shown("#all tbody tr")).isEqualTo(13);
        assertThat(shown("#throughput polyline")).isEqualTo(4);

        browser.evaluate("document.querySelectorAll('.chip')[1].focus()");
        browser.press("Enter", ENTER);
        assertThat(browser.evaluate("document.activeElement.getAttribute('aria-pressed')")
                        .getAsString())
                .isEqualTo("false");
        assertThat(shown("#all tbody tr")).isEqualTo(10);
        assertThat(shown("#throughput polyline")).isEqualTo(3);

        browser.evaluate("scenario.value = 'burst'; scenario.dispatchEvent(new Event('change'))");
        assertThat(shown("#all tbody tr")).isEqualTo(3);
        assertThat(shown("#throughput figure")).isEqualTo(1);
        browser.evaluate("scenario.value = ''; scenario.dispatchEvent(new Event('change'))");
        assertThat(shown("#throughput figure")).isEqualTo(3);
    }

    private static int shown(String selector) throws Exception {
        return browser.evaluate("Array.from(document.querySelectorAll('" + selector + "'))"
                        + ".filter(part => part.getBoundingClientRect().width > 0).length")
                .getAsInt();
    }

    @Test
    void tellsOfAPointWhatIsBehindIt() throws Exception {
        // Scrolling hides a tip, and is told of with the next frame.
        browser.evaluate("document.querySelector('#throughput .tip')"
                + ".scrollIntoView({behavior: 'instant', block: 'center'});"
                + " new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve(0))))");
        String tip = browser.evaluate("(() => { const bar = document.querySelector('#throughput .tip');"
                        + " const box = bar.getBoundingClientRect();"
                        + " bar.dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: box.left,"
                        + " clientY: box.top})); return document.getElementById('tip').textContent; })()")
                .getAsString();

        assertThat(tip).isEqualTo("memory under hit with 1 caller: 4,000/s");
        assertThat(shown("#tip")).isEqualTo(1);
    }
}
