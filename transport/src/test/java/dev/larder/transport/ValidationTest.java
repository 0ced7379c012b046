package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.3.4 and §4.3.5: which stored response is meant. */
final class ValidationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // update, candidates, the one that is confirmed
                "ETag: \"a\" | ETag: \"a\" | 0",
                "ETag: \"a\" | ETag: \"b\" | -1",
                "ETag: \"a\" | ETag: \"b\" ++ ETag: \"a\" ++ ETag: \"a\" | 1",
                "ETag: \"a\" | ETag: W/\"a\" | -1",
                "ETag: \"a\" | x: y | -1",
                "ETag: \"a\";; Last-Modified: T | ETag: \"b\";; Last-Modified: T | -1",
                "ETag: \"a\";; Last-Modified: T | ETag: \"a\";; Last-Modified: U | 0",
                "ETag: W/\"a\" | ETag: W/\"b\" ++ ETag: W/\"a\" ++ ETag: \"a\" | 1",
                "ETag: W/\"a\" | ETag: \"a\" | 0",
                "ETag: W/\"a\" | ETag: W/\"b\" | -1",
                "Last-Modified: T | Last-Modified: U ++ Last-Modified: T | 1",
                "Last-Modified: T | Last-Modified: U | -1",
                "Last-Modified: T | x: y | -1",
                "Last-Modified: T | ETag: \"a\";; Last-Modified: T | 0",
                "x: y | x: y | 0",
                "x: y | ETag: \"a\" | 0",
                "x: y | ETag: \"a\" ++ x: y | -1",
                "ETag: broken | ETag: \"a\" | 0",
            })
    void confirmations(String update, String candidates, int index) {
        List<HttpHeaders> headers = Arrays.stream(candidates.split(" \\+\\+ ", -1))
                .map(ValidationTest::headers)
                .toList();
        assertThat(Validation.confirmed(headers(update), headers)).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x: y | ETag: \"a\" | true",
                "ETag: \"a\" | ETag: \"a\" | true",
                "ETag: \"a\" | ETag: \"b\" | false",
                "ETag: \"a\" | x: y | false",
                "Last-Modified: T | Last-Modified: T | true",
                "Last-Modified: T | Last-Modified: U | false",
                "ETag: \"a\";; Last-Modified: U | ETag: \"a\";; Last-Modified: T | false",
                "Content-Length: 5 | x: y | true",
                "Content-Length: 6 | Content-Length: 6 | false",
                "Content-Length: x | x: y | false",
            })
    void heads(String head, String stored, boolean same) {
        assertThat(Validation.isSame(headers(head), headers(stored), 5)).isEqualTo(same);
    }

    private static HttpHeaders headers(String fields) {
        Map<String, List<String>> map = new TreeMap<>();
        for (String field : fields.split(";;", -1)) {
            int colon = field.indexOf(':');
            map.put(
                    field.substring(0, colon).strip(),
                    List.of(field.substring(colon + 1).strip()));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
