package dev.larder.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §3.4 and RFC 9110 §15.3.7.3: parts that become a whole. */
final class PartialContentTest {
    private static final String T = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ETag: \"a\" | \"a\"",
                "ETag: W/\"a\";; Last-Modified: T;; Date: L | -",
                "Last-Modified: T;; Date: L | T",
                "Last-Modified: T;; Date: T | -",
                "A: 1 | -",
            })
    void theRestIsAskedForWithAStrongValidator(String fields, String validator) {
        assertThat(part("0-4/10 01234", fields).validator(0)).isEqualTo("T".equals(validator) ? T : validator);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Range: bytes 0-4/10 | 0123",
                "Content-Range: bytes 0-4/10 | 012345",
                "Content-Range: bytes */10 | 0",
                "Content-Range: x | 0",
                "Content-Type: multipart/byteranges; boundary=B | 0",
            })
    void whatIsNotWhatItSaysIsNoPart(String fields, String body) {
        assertThat(PartialContent.of(headers(fields), body.getBytes(ISO_8859_1)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // stored, newer, status, body and Content-Range of both
                "0-4/10 01234 | 5-9/10 56789 | 200 | 0123456789 | -",
                "5-9/10 56789 | 0-4/10 01234 | 200 | 0123456789 | -",
                "0-4/10 01234 | 3-9/10 DEFGHIJ | 200 | 012DEFGHIJ | -",
                "0-9/10 0123456789 | 3-4/10 DE | 200 | 012DE56789 | -",
                "0-4/10 01234 | 5-8/10 5678 | 206 | 012345678 | bytes 0-8/10",
                "2-4/10 234 | 5-9/10 56789 | 206 | 23456789 | bytes 2-9/10",
                "0-4/* 01234 | 5-9/10 56789 | 200 | 0123456789 | -",
                "0-4/10 01234 | 5-9/* 56789 | 200 | 0123456789 | -",
                "0-4/* 01234 | 5-9/* 56789 | 206 | 0123456789 | bytes 0-9/*",
                "0-4/10 01234 | 6-9/10 6789 | - | - | -",
                "0-4/10 01234 | 5-10/11 56789A | - | - | -",
            })
    void partsThatTouchBecomeOne(String stored, String newer, Integer status, String body, String contentRange) {
        PartialContent.Combined both = part(stored, "ETag: \"a\"")
                .combine(part(newer, "ETag: \"a\""), headers("A: 1;; Content-Range: old;; Content-Length: 5"), 0);
        if (status == null) {
            assertThat(both).isNull();
            return;
        }
        assertThat(both.status()).isEqualTo(status);
        assertThat(new String(both.data(), ISO_8859_1)).isEqualTo(body);
        assertThat(both.headers())
                .isEqualTo(headers("A: 1;; Content-Length: " + body.length()
                        + (contentRange == null ? "" : ";; Content-Range: " + contentRange)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ETag: \"a\" | ETag: \"a\" | true",
                "ETag: \"a\" | ETag: \"b\" | false",
                "ETag: \"a\" | ETag: W/\"a\" | false",
                "ETag: W/\"a\" | ETag: W/\"a\" | false",
                "ETag: \"a\" | A: 1 | false",
                "A: 1 | ETag: \"a\" | false",
                "A: 1 | A: 1 | false",
                "Last-Modified: T;; Date: L | Last-Modified: T | true",
                "Last-Modified: T;; Date: T | Last-Modified: T | false",
                "Last-Modified: T;; Date: L | Last-Modified: L | false",
                "Last-Modified: T;; Date: L | ETag: \"a\";; Last-Modified: T | false",
                "ETag: \"a\";; Last-Modified: T;; Date: L | Last-Modified: T | false",
                "ETag: \"a\";; Last-Modified: T | ETag: \"a\";; Last-Modified: L | true",
            })
    void partsOfDifferentThingsStayApart(String stored, String newer, boolean combined) {
        PartialContent.Combined both =
                part("0-4/10 01234", stored).combine(part("5-9/10 56789", newer), headers("A: 1"), 0);
        assertThat(both != null).isEqualTo(combined);
    }

    private static PartialContent part(String text, String fields) {
        int space = text.indexOf(' ');
        return PartialContent.of(
                headers("Content-Range: bytes " + text.substring(0, space) + ";; " + fields),
                text.substring(space + 1).getBytes(ISO_8859_1));
    }

    private static HttpHeaders headers(String fields) {
        Map<String, List<String>> map = new TreeMap<>();
        for (String field : fields.split(";; ", -1)) {
            int colon = field.indexOf(": ");
            String value = field.substring(colon + 2);
            map.put(field.substring(0, colon), List.of(value.equals("T") ? T : value.equals("L") ? LATER : value));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
