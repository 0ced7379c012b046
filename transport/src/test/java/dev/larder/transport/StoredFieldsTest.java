package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §3.1 and §3.2: fields that are kept, and their update. */
final class StoredFieldsTest {
    private static final String RECEIVED = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final long RECEIVED_AT = 784_111_777_900L;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "Keep-Alive",
                "Proxy-Authenticate",
                "Proxy-Authentication-Info",
                "Proxy-Authorization",
                "Proxy-Connection",
                "Set-Cookie",
                "Set-Cookie2",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "upgrade",
                ":status",
            })
    void fieldsOfOneExchangeAreNotStored(String name) {
        assertThat(stored(headers(name + ": x;; A: 1"), false, false)).isEqualTo(headers("A: 1;; Date: " + RECEIVED));
        assertThat(updated(headers("A: 1"), headers(name + ": x"))).isEqualTo(headers("A: 1;; Date: " + RECEIVED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // received, stored by a private cache, and by a shared one, each besides Date
                "A: 1;; Content-Foo: 2;; ETag: \"x\" | A: 1;; Content-Foo: 2;; ETag: \"x\" | A: 1;; Content-Foo: 2;; ETag: \"x\"",
                "A: 1;; A: 2 | A: 1;; A: 2 | A: 1;; A: 2",
                "Connection: a, B;; A: 1;; b: 2;; C: 3 | C: 3 | C: 3",
                "Connection: close, cache-control, Vary;; Cache-Control: no-cache;; Vary: A"
                        + " | Cache-Control: no-cache;; Vary: A | Cache-Control: no-cache;; Vary: A",
                "Cache-Control: no-cache=\"a, B\";; A: 1;; B: 2;; C: 3"
                        + " | Cache-Control: no-cache=\"a, B\";; C: 3 | Cache-Control: no-cache=\"a, B\";; C: 3",
                "Cache-Control: private=\"a\";; A: 1;; B: 2"
                        + " | Cache-Control: private=\"a\";; A: 1;; B: 2 | Cache-Control: private=\"a\";; B: 2",
                "Cache-Control: private=\"vary, expires\";; Vary: A;; Expires: 0"
                        + " | Cache-Control: private=\"vary, expires\";; Vary: A;; Expires: 0"
                        + " | Cache-Control: private=\"vary, expires\";; Vary: A;; Expires: 0",
            })
    void fieldsAreStoredUnlessSomethingForbidsIt(String received, String asPrivate, String asShared) {
        assertThat(stored(headers(received), false, false)).isEqualTo(headers(asPrivate + ";; Date: " + RECEIVED));
        assertThat(stored(headers(received), true, false)).isEqualTo(headers(asShared + ";; Date: " + RECEIVED));
    }

    @Test
    void cookiesAreStoredWhereARuleSaysSo() {
        HttpHeaders received = headers("Set-Cookie: a=b;; Set-Cookie: c=d;; Date: " + RECEIVED);
        assertThat(stored(received, false, true)).isEqualTo(received);
    }

    @Test
    void aDateIsNotReplaced() {
        assertThat(stored(headers("Date: foo"), false, false)).isEqualTo(headers("Date: foo"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // stored, update, result besides Date
                "A: 1;; B: 2 | a: 3 | a: 3;; B: 2",
                "A: 1;; A: 2 | A: 3 | A: 3",
                "A: 1 | A: 3;; A: 4 | A: 3;; A: 4",
                "A: 1 | B: 2 | A: 1;; B: 2",
                "Content-Length: 36 | Content-Length: 10 | Content-Length: 36",
                "Content-Encoding: br | Content-Encoding: gzip | Content-Encoding: br",
                "Content-Range: bytes 0-1/2 | Content-Range: x | Content-Range: bytes 0-1/2",
                "Content-Type: text/plain | Content-Type: text/html | Content-Type: text/html",
                "Content-Location: /a | Content-Location: /b | Content-Location: /b",
                "A: 1 | Content-Encoding: gzip;; Content-Length: 5 | A: 1",
                "Cache-Control: max-age=1;; Expires: 0 | Cache-Control: max-age=9 | Cache-Control: max-age=9;; Expires: 0",
                "A: 1;; Age: 50 | B: 2 | A: 1;; B: 2",
                "A: 1;; Age: 50 | Age: 5 | A: 1;; Age: 5",
                "A: 1 | A: 2;; Connection: A | A: 1",
                "A: 1 | A: 2;; Cache-Control: no-cache=\"a\" | A: 1;; Cache-Control: no-cache=\"a\"",
            })
    void updatesReplaceWhatComes(String stored, String update, String result) {
        assertThat(updated(headers(stored), headers(update))).isEqualTo(headers(result + ";; Date: " + RECEIVED));
    }

    @Test
    void anUpdateIsOfItsOwnDate() {
        String date = "Date: Mon, 07 Nov 1994 08:49:37 GMT";
        assertThat(updated(headers("Date: foo"), headers(date))).isEqualTo(headers(date));
        assertThat(updated(headers(date), headers("A: 1"))).isEqualTo(headers("A: 1;; Date: " + RECEIVED));
    }

    @Test
    void answersWithoutTheBodySayNothingOfIt() {
        HttpHeaders stored = headers(
                "Content-Type: a;; content-length: 1;; Content-Encoding: br;; Content-Language: de;; "
                        + "Content-Range: x;; Content-Location: /a;; ETag: \"a\";; Date: d;; Vary: A;; Cache-Control: max-age=1");
        assertThat(StoredFields.withoutBody(stored))
                .isEqualTo(
                        headers("Content-Location: /a;; ETag: \"a\";; Date: d;; Vary: A;; Cache-Control: max-age=1"));
    }

    private static HttpHeaders stored(HttpHeaders received, boolean shared, boolean cookies) {
        return StoredFields.of(received, CacheControl.ofResponse(received), shared, cookies, RECEIVED_AT);
    }

    private static HttpHeaders updated(HttpHeaders stored, HttpHeaders update) {
        return StoredFields.updated(stored, update, CacheControl.ofResponse(update), false, false, RECEIVED_AT);
    }

    private static HttpHeaders headers(String fields) {
        Map<String, List<String>> map = new TreeMap<>();
        for (String field : fields.split(";; ", -1)) {
            int colon = field.indexOf(": ");
            String value = field.substring(colon + 2);
            map.merge(field.substring(0, colon), List.of(value), (some, more) -> List.of(some.get(0), value));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
