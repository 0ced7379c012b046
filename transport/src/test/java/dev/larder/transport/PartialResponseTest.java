package dev.larder.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §14.2: some of the bytes of a stored response. */
final class PartialResponseTest {
    private static final byte[] DATA = "0123456789A".getBytes(ISO_8859_1);
    private static final HttpHeaders STORED =
            headers("A: 1;; Content-Type: text/plain;; Content-Length: 11;; ETag: \"a\"");

    @ParameterizedTest
    @CsvSource({"bytes=0-1,01,bytes 0-1/11", "bytes=1-,123456789A,bytes 1-10/11", "bytes=-1,A,bytes 10-10/11"})
    void oneRange(String range, String body, String contentRange) {
        PartialResponse response = answer("GET", "Range: " + range, 200, STORED, DATA);
        assertThat(response.status()).isEqualTo(206);
        assertThat(text(response)).isEqualTo(body);
        assertThat(response.headers())
                .isEqualTo(headers("A: 1;; Content-Type: text/plain;; ETag: \"a\";; Content-Range: " + contentRange
                        + ";; Content-Length: " + body.length()));
    }

    @Test
    void severalRanges() {
        byte[] data = "x".repeat(1000).getBytes(ISO_8859_1);
        PartialResponse response = answer("GET", "Range: bytes=0-0,-2", 200, STORED, data);
        assertThat(response.status()).isEqualTo(206);
        assertThat(text(response))
                .isEqualTo("--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-0/1000\r\n\r\nx"
                        + "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 998-999/1000\r\n\r\nxx"
                        + "\r\n--B--\r\n");
        assertThat(response.headers())
                .isEqualTo(
                        headers("A: 1;; Content-Type: multipart/byteranges; boundary=B;; ETag: \"a\";; Content-Length: "
                                + text(response).length()));
    }

    @Test
    void noRange() {
        PartialResponse response = answer("GET", "Range: bytes=11-", 200, STORED, DATA);
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers())
                .isEqualTo(headers("A: 1;; ETag: \"a\";; Content-Range: bytes */11;; Content-Length: 0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | x: y | 200",
                "HEAD | Range: bytes=0-1 | 200",
                "QUERY | Range: bytes=0-1 | 200",
                "GET | Range: bytes=0-1 | 404",
                "GET | Range: bytes=0-1 | 204",
                "GET | Range: bytes=x | 200",
                "GET | Range: bytes=0-1;; If-Range: \"b\" | 200",
                "GET | Range: bytes=11-;; If-Range: \"b\" | 200",
            })
    void theWhole(String method, String request, int status) {
        assertThat(answer(method, request, status, STORED, DATA)).isNull();
    }

    @Test
    void ifRangeLetsTheRangeBe() {
        assertThat(text(answer("GET", "Range: bytes=0-1;; If-Range: \"a\"", 200, STORED, DATA)))
                .isEqualTo("01");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=5-6,56,bytes 5-6/20",
        "bytes=4-,,",
        "bytes=4-14,456789ABCDE,bytes 4-14/20",
        "bytes=0-,,",
        "bytes=4-15,,"
    })
    void aPartAnswersWhatItHas(String range, String body, String contentRange) {
        HttpHeaders stored = headers("Content-Range: bytes 4-14/20;; Content-Length: 11");
        PartialResponse response = answer("GET", "Range: " + range, 206, stored, "456789ABCDE".getBytes(ISO_8859_1));
        if (body == null) {
            assertThat(response).isNull();
        } else {
            assertThat(text(response)).isEqualTo(body);
            assertThat(response.headers().firstValue("Content-Range")).contains(contentRange);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 4-13/20", "bytes 4-15/20", "bytes */20", "x", "bytes 4-14/14"})
    void aPartThatIsNotWhatItSaysAnswersNothing(String contentRange) {
        assertThat(answer("GET", "Range: bytes=5-6", 206, headers("Content-Range: " + contentRange), DATA))
                .isNull();
    }

    private static PartialResponse answer(String method, String request, int status, HttpHeaders stored, byte[] data) {
        return PartialResponse.of(method, headers(request), status, stored, data, 0, () -> "B");
    }

    private static String text(PartialResponse response) {
        StringBuilder text = new StringBuilder();
        for (ByteBuffer piece : response.body()) {
            text.append(ISO_8859_1.decode(piece.duplicate()));
        }
        return text.toString();
    }

    private static HttpHeaders headers(String fields) {
        Map<String, List<String>> map = new TreeMap<>();
        for (String field : fields.split(";; ", -1)) {
            int colon = field.indexOf(": ");
            map.put(field.substring(0, colon), List.of(field.substring(colon + 2)));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
