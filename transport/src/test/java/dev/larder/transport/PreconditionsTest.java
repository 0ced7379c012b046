package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §13 as RFC 9111 §4.3.2 asks it of caches. */
final class PreconditionsTest {
    private static final String EARLY = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final String TIME = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String LATE = "Sun, 06 Nov 1994 08:49:38 GMT";
    private static final long RECEIVED_AT = 784_111_777_900L;

    /** Fields are separated by {@code ;;}; E, T and L are three seconds, one after another, T that of receipt. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // nothing asked
                "GET | 200 | x: y | etag: \"a\" | SATISFIED",
                // entity tags
                "GET | 200 | If-None-Match: \"a\" | ETag: \"a\" | NOT_MODIFIED",
                "HEAD | 200 | If-None-Match: \"a\" | ETag: \"a\" | NOT_MODIFIED",
                "GET | 206 | If-None-Match: \"a\" | ETag: \"a\" | NOT_MODIFIED",
                "GET | 200 | If-None-Match: W/\"a\" | ETag: \"a\" | NOT_MODIFIED",
                "GET | 200 | If-None-Match: \"a\" | ETag: W/\"a\" | NOT_MODIFIED",
                "GET | 200 | If-None-Match: \"b\", \"a\" | ETag: \"a\" | NOT_MODIFIED",
                "GET | 200 | If-None-Match: \"b\" | ETag: \"a\" | SATISFIED",
                "GET | 200 | If-None-Match: a | ETag: \"a\" | SATISFIED",
                "GET | 200 | If-None-Match: a | ETag: a | SATISFIED",
                "GET | 200 | If-None-Match: \"a\" | x: y | SATISFIED",
                "GET | 200 | If-None-Match: * | x: y | NOT_MODIFIED",
                "GET | 200 | If-None-Match: *, \"a\" | x: y | SATISFIED",
                // precedence
                "GET | 200 | If-None-Match: \"a\";; If-Modified-Since: E | ETag: \"a\";; Last-Modified: T | NOT_MODIFIED",
                "GET | 200 | If-None-Match: \"b\";; If-Modified-Since: L | ETag: \"a\";; Last-Modified: T | SATISFIED",
                "GET | 200 | If-None-Match: broken;; If-Modified-Since: L | Last-Modified: T | SATISFIED",
                // dates
                "GET | 200 | If-Modified-Since: T | Last-Modified: T | NOT_MODIFIED",
                "GET | 200 | If-Modified-Since: L | Last-Modified: T | NOT_MODIFIED",
                "GET | 200 | If-Modified-Since: E | Last-Modified: T | SATISFIED",
                "GET | 200 | If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT | Last-Modified: T | NOT_MODIFIED",
                "GET | 200 | If-Modified-Since: foo | Last-Modified: T | SATISFIED",
                "GET | 200 | If-Modified-Since: T, T | Last-Modified: T | SATISFIED",
                "GET | 200 | If-Modified-Since: L;; If-Modified-Since: L | Last-Modified: T | SATISFIED",
                "GET | 200 | If-Modified-Since: T | Date: T | NOT_MODIFIED",
                "GET | 200 | If-Modified-Since: E | Date: T | SATISFIED",
                "GET | 200 | If-Modified-Since: E | Last-Modified: foo;; Date: T | SATISFIED",
                "GET | 200 | If-Modified-Since: T | x: y | SATISFIED",
                "GET | 200 | If-Modified-Since: L | x: y | NOT_MODIFIED",
                // other answers than success have no conditions
                "GET | 404 | If-None-Match: \"a\" | ETag: \"a\" | SATISFIED",
                "GET | 301 | If-None-Match: * | ETag: \"a\" | SATISFIED",
                "GET | 404 | If-Modified-Since: L | Last-Modified: T | SATISFIED",
                // what is for the origin alone
                "GET | 200 | If-Match: \"a\" | ETag: \"a\" | FORWARD",
                "GET | 200 | If-Match: * | ETag: \"a\" | FORWARD",
                "GET | 200 | If-Unmodified-Since: L | Last-Modified: T | FORWARD",
                "GET | 200 | If-Match: \"a\";; If-None-Match: \"a\" | ETag: \"a\" | FORWARD",
                "QUERY | 200 | If-None-Match: \"a\" | ETag: \"a\" | FORWARD",
                "POST | 200 | If-Modified-Since: L | Last-Modified: T | FORWARD",
                "QUERY | 200 | x: y | ETag: \"a\" | SATISFIED",
            })
    void outcomes(String method, int status, String request, String stored, Preconditions outcome) {
        assertThat(Preconditions.evaluate(method, headers(request), status, headers(stored), RECEIVED_AT))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x: y | ETag: \"a\" | true",
                "If-Range: \"a\" | ETag: \"a\" | true",
                "If-Range: \"b\" | ETag: \"a\" | false",
                "If-Range: \"a\" | x: y | false",
                "If-Range: W/\"a\" | ETag: \"a\" | false",
                "If-Range: \"a\" | ETag: W/\"a\" | false",
                "If-Range: W/\"a\" | ETag: W/\"a\" | false",
                "If-Range: a | ETag: a | false",
                "If-Range: * | ETag: \"a\" | false",
                "If-Range: \"a\", \"b\" | ETag: \"a\" | false",
                "If-Range: \"a\";; If-Range: \"a\" | ETag: \"a\" | false",
                "If-Range: T | Last-Modified: T;; Date: L | true",
                "If-Range: Sunday, 06-Nov-94 08:49:37 GMT | Last-Modified: T;; Date: L | true",
                "If-Range: T | Last-Modified: T;; Date: T | false",
                "If-Range: T | Last-Modified: T | false",
                "If-Range: L | Last-Modified: T;; Date: L | false",
                "If-Range: E | Last-Modified: T;; Date: L | false",
                "If-Range: foo | Last-Modified: foo;; Date: L | false",
                "If-Range: foo | x: y | false",
            })
    void ranges(String request, String stored, boolean wanted) {
        assertThat(Preconditions.isRangeWanted(headers(request), headers(stored), RECEIVED_AT))
                .isEqualTo(wanted);
    }

    private static HttpHeaders headers(String fields) {
        Map<String, List<String>> map = new TreeMap<>();
        for (String field : fields.split(";;", -1)) {
            int colon = field.indexOf(':');
            String value = field.substring(colon + 1)
                    .strip()
                    .replaceAll("\\bE\\b", EARLY)
                    .replaceAll("\\bT\\b", TIME)
                    .replaceAll("\\bL\\b", LATE);
            map.merge(field.substring(0, colon).strip(), List.of(value), (one, other) -> List.of(one.get(0), value));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
