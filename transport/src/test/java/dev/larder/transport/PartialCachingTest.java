package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts that are kept, answered from and completed (RFC 9111 §3.3 and §3.4), over every store. */
final class PartialCachingTest extends HttpTest {
    private static final String WHOLE = "0123456789".repeat(100);

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile String whole = WHOLE;
    private volatile String tag = "\"1\"";
    private volatile boolean knowsIfRange = true;

    @BeforeEach
    void withRanges() {
        client.close();
        client = client();
        upstream.answers((exchange, body) -> answer(exchange));
    }

    @Test
    void answersFromAPartWhatIsInIt() throws Exception {
        assertThat(cacheStatus(send(range("bytes=100-299")))).isEqualTo("larder; fwd=miss; stored");
        HttpResponse<String> inside = send(range("bytes=150-199"));
        assertThat(inside.statusCode()).isEqualTo(206);
        assertThat(inside.body()).isEqualTo(WHOLE.substring(150, 200));
        assertThat(inside.headers().firstValue("Content-Range")).contains("bytes 150-199/1000");
        assertThat(cacheStatus(inside)).startsWith("larder; hit");
        assertThat(send(range("bytes=100-299")).body()).isEqualTo(WHOLE.substring(100, 300));
        assertThat(sendAsync(range("bytes=299-299")).body()).isEqualTo("9");
        assertThat(upstream.calls()).isEqualTo(1);
        assertThat(send(page("If-None-Match", "\"1\"", "Range", "bytes=100-100"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(upstream.calls()).isEqualTo(1);
    }

    @Test
    void isNeverTheWhole() throws Exception {
        send(range("bytes=100-299"));
        assertThat(send(page("Cache-Control", "only-if-cached")).statusCode()).isEqualTo(504);
        assertThat(send(page("Cache-Control", "only-if-cached", "Range", "bytes=100-300"))
                        .statusCode())
                .isEqualTo(504);
        assertThat(send(to("/a").method("HEAD", HttpRequest.BodyPublishers.noBody())
                                .build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(page("If-None-Match", "\"1\"")).statusCode()).isEqualTo(304);
        assertThat(upstream.calls()).isEqualTo(3);
        HttpResponse<String> all = send(page());
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo(WHOLE);
        // The part has something missing on both sides, so all of it was asked for.
        assertThat(asked).last().isEqualTo("null null null");
    }

    @Test
    void asksOnlyForWhatIsMissingOfTheWhole() throws Exception {
        send(range("bytes=0-299"));
        HttpResponse<String> all = send(page());
        assertThat(asked).last().isEqualTo("bytes=300- \"1\" null");
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo(WHOLE);
        assertThat(all.headers().allValues("Content-Length")).containsExactly("1000");
        assertThat(all.headers().firstValue("Content-Range")).isEmpty();
        assertThat(all.headers().firstValue("X-Call")).contains("2");
        assertThat(cacheStatus(all)).isEqualTo("larder; fwd=partial; fwd-status=206; stored");
        assertThat(cacheStatus(send(page()))).startsWith("larder; hit");
        assertThat(send(range("bytes=990-")).body()).isEqualTo("0123456789");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void asksForTheBeginningOfWhatIsTheEnd() throws Exception {
        send(range("bytes=-300"));
        assertThat(sendAsync(page()).body()).isEqualTo(WHOLE);
        assertThat(asked).last().isEqualTo("bytes=0-699 \"1\" null");
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void asksOnlyForWhatIsMissingOfARange() throws Exception {
        send(range("bytes=100-299"));
        HttpResponse<String> more = send(range("bytes=250-349"));
        assertThat(asked).last().isEqualTo("bytes=300-349 \"1\" null");
        assertThat(more.statusCode()).isEqualTo(206);
        assertThat(more.body()).isEqualTo(WHOLE.substring(250, 350));
        assertThat(more.headers().allValues("Content-Range")).containsExactly("bytes 250-349/1000");
        assertThat(send(range("bytes=50-100")).body()).isEqualTo(WHOLE.substring(50, 101));
        assertThat(asked).last().isEqualTo("bytes=50-99 \"1\" null");
        assertThat(send(range("bytes=50-349")).body()).isEqualTo(WHOLE.substring(50, 350));
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void joinsWhatTouches() throws Exception {
        send(range("bytes=0-499"));
        send(range("bytes=500-999"));
        assertThat(asked).containsExactly("bytes=0-499 null null", "bytes=500-999 null null");
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void keepsTheLastOfPartsThatAreApart() throws Exception {
        send(range("bytes=0-99"));
        send(range("bytes=500-599"));
        assertThat(send(range("bytes=510-519")).body()).isEqualTo("0123456789");
        assertThat(upstream.calls()).isEqualTo(2);
        send(range("bytes=0-99"));
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void takesTheWholeInsteadWhenItHasChanged() throws Exception {
        send(range("bytes=0-299"));
        whole = "abcdefghij".repeat(50);
        tag = "\"2\"";
        HttpResponse<String> all = send(page());
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo(whole);
        assertThat(send(range("bytes=0-2")).body()).isEqualTo("abc");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void neverJoinsPartsOfDifferentThings() throws Exception {
        send(range("bytes=0-299"));
        String other = "abcdefghij".repeat(100);
        knowsIfRange = false;
        whole = other;
        tag = "\"2\"";
        assertThat(send(page()).body()).isEqualTo(other);
        assertThat(asked).last().isEqualTo("null null null");
        assertThat(upstream.calls()).isEqualTo(3);
        assertThat(send(page()).body()).isEqualTo(other);
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void asksForNoRestWithoutAStrongValidator() throws Exception {
        tag = "W/\"1\"";
        send(range("bytes=0-299"));
        assertThat(send(range("bytes=0-2")).body()).isEqualTo("012");
        assertThat(upstream.calls()).isEqualTo(1);
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(asked).last().isEqualTo("null null null");
    }

    @Test
    void validatesAPartThatIsStale() throws Exception {
        send(range("bytes=0-299"));
        clock.advance(Duration.ofSeconds(70));
        HttpResponse<String> part = send(range("bytes=10-19"));
        assertThat(asked).last().isEqualTo("bytes=10-19 null \"1\"");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("0123456789");
        assertThat(cacheStatus(part)).isEqualTo("larder; fwd=stale; fwd-status=304; stored");
        assertThat(send(range("bytes=0-299")).body()).isEqualTo(WHOLE.substring(0, 300));
        assertThat(upstream.calls()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(70));
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(asked).last().isEqualTo("bytes=300- \"1\" null");
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void validatesTheWholeForARange() throws Exception {
        send(page());
        clock.advance(Duration.ofSeconds(70));
        assertThat(send(range("bytes=10-19")).body()).isEqualTo("0123456789");
        assertThat(asked).last().isEqualTo("bytes=10-19 null \"1\"");
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void honoursTheCallersOwnIfRange() throws Exception {
        send(range("bytes=0-299"));
        assertThat(send(page("Range", "bytes=0-9", "If-Range", "\"1\"")).body()).isEqualTo("0123456789");
        assertThat(upstream.calls()).isEqualTo(1);
        assertThat(send(page("Range", "bytes=0-399", "If-Range", "\"1\"")).body())
                .isEqualTo(WHOLE.substring(0, 400));
        assertThat(asked).last().isEqualTo("bytes=300-399 \"1\" null");
        HttpResponse<String> other = send(page("Range", "bytes=0-9", "If-Range", "\"0\""));
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(WHOLE);
        assertThat(asked).last().isEqualTo("bytes=0-9 \"0\" null");
    }

    @Test
    void passesOnWhatItHasWhileTheRestArrives() throws Exception {
        send(range("bytes=0-299"));
        CountDownLatch beginningRead = new CountDownLatch(1);
        upstream.answers((exchange, body) -> {
            fields(exchange, "bytes 300-999/1000");
            exchange.sendResponseHeaders(206, 700);
            // The server of later JDKs keeps the head back until there is a body to go with it.
            exchange.getResponseBody().flush();
            beginningRead.await();
            exchange.getResponseBody().write(bytes(WHOLE.substring(300)));
        });
        try (InputStream in =
                client.send(page(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
            assertThat(in.readNBytes(300)).isEqualTo(bytes(WHOLE.substring(0, 300)));
            beginningRead.countDown();
            assertThat(in.readAllBytes()).isEqualTo(bytes(WHOLE.substring(300)));
        }
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void failsWhenTheRestIsNotAsLongAsAnnounced() throws Exception {
        send(range("bytes=-300"));
        upstream.answers((exchange, body) -> {
            fields(exchange, "bytes 0-699/1000");
            exchange.sendResponseHeaders(206, 0);
            exchange.getResponseBody().write(bytes("short"));
        });
        assertThatThrownBy(() -> send(page())).isInstanceOf(IOException.class);
        upstream.answers((exchange, body) -> answer(exchange));
        assertThat(send(range("bytes=-10")).body()).isEqualTo("0123456789");
        assertThat(upstream.calls()).isEqualTo(2);
    }

    @Test
    void asksAgainWhenTheRestIsAnsweredWithSomethingElse() throws Exception {
        send(range("bytes=0-299"));
        upstream.answers((exchange, body) -> {
            if (exchange.getRequestHeaders().containsKey("Range")) {
                exchange.getResponseHeaders().add("Content-Range", "bytes */1000");
                Upstream.answer(exchange, 416, "no");
            } else {
                answer(exchange);
            }
        });
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(upstream.calls()).isEqualTo(3);
    }

    @Test
    void keepsNoMoreThanTheLimit() throws Exception {
        client.close();
        client = builder().maxEntryBytes(400).build();
        send(range("bytes=0-299"));
        assertThat(send(page()).body()).isEqualTo(WHOLE);
        assertThat(asked).last().isEqualTo("null null null");
        assertThat(send(range("bytes=300-599")).body()).isEqualTo(WHOLE.substring(300, 600));
        assertThat(send(range("bytes=300-599")).body()).isEqualTo(WHOLE.substring(300, 600));
        assertThat(upstream.calls()).isEqualTo(3);
        send(range("bytes=0-500"));
        send(range("bytes=0-500"));
        assertThat(upstream.calls()).isEqualTo(5);
    }

    @Test
    void leavesPartsThatNobodyAskedForAlone() throws Exception {
        upstream.answers((exchange, body) -> {
            fields(exchange, "bytes 0-4/1000");
            Upstream.answer(exchange, 206, "01234");
        });
        assertThat(send(page()).statusCode()).isEqualTo(206);
        assertThat(send(page()).statusCode()).isEqualTo(206);
        assertThat(upstream.calls()).isEqualTo(2);
        upstream.answers((exchange, body) -> {
            fields(exchange, "bytes 0-4/1000");
            Upstream.answer(exchange, 206, "012");
        });
        send(range("bytes=0-4"));
        send(range("bytes=0-4"));
        assertThat(upstream.calls()).isEqualTo(4);
    }

    @Test
    void keepsPartsOfVariantsApart() throws Exception {
        upstream.answers((exchange, body) -> {
            exchange.getResponseHeaders().add("Vary", "Accept-Language");
            whole = ""
                    + exchange.getRequestHeaders().getFirst("Accept-Language").repeat(10);
            tag = "\"" + exchange.getRequestHeaders().getFirst("Accept-Language") + "\"";
            answer(exchange);
        });
        send(page("Accept-Language", "de", "Range", "bytes=0-3"));
        send(page("Accept-Language", "en", "Range", "bytes=0-3"));
        assertThat(send(page("Accept-Language", "de")).body()).isEqualTo("de".repeat(10));
        assertThat(asked).last().isEqualTo("bytes=4- \"de\" null");
        assertThat(send(page("Accept-Language", "en", "Range", "bytes=2-3")).body())
                .isEqualTo("en");
        assertThat(upstream.calls()).isEqualTo(3);
    }

    /** Answers as a server that knows ranges and conditions. */
    private void answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String range = headers.getFirst("Range");
        asked.add(range + " " + headers.getFirst("If-Range") + " " + headers.getFirst("If-None-Match"));
        if (tag.equals(headers.getFirst("If-None-Match"))) {
            fields(exchange, null);
            Upstream.answer(exchange, 304, "");
            return;
        }
        String condition = knowsIfRange ? headers.getFirst("If-Range") : null;
        List<ByteRange> ranges = range == null || (condition != null && !condition.equals(tag))
                ? null
                : RangeRequest.of(List.of(range)).resolve(whole.length());
        if (ranges == null) {
            fields(exchange, null);
            Upstream.answer(exchange, 200, whole);
            return;
        }
        ByteRange one = ranges.get(0);
        fields(exchange, new ContentRange(one, whole.length()).toString());
        Upstream.answer(exchange, 206, whole.substring((int) one.first(), (int) one.last() + 1));
    }

    private void fields(HttpExchange exchange, String contentRange) {
        Headers fields = exchange.getResponseHeaders();
        fields.add("Cache-Control", "max-age=60");
        fields.add("ETag", tag);
        fields.add("X-Call", Integer.toString(upstream.calls()));
        if (contentRange != null) {
            fields.add("Content-Range", contentRange);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> sendAsync(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    private HttpRequest range(String range) {
        return page("Range", range);
    }

    private HttpRequest page(String... headers) {
        return (headers.length == 0 ? to("/a") : to("/a").headers(headers)).build();
    }
}
