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
                "ETag: \"a\" | ETag: W/\"a\" | 0",
                "ETag: \"a\" | ETag: W/\"b\" ++ ETag: W/\"a\" | 1",
                "ETag: \"a\" | ETag: W/\"a\" ++ ETag: \"a\" | 1",
                "ETag: \"a\" | ETag: W/\"a\" ++ ETag: W/\"a\" | -1",
                "ETag: W/\"a\" | ETag: \"a\" ++ ETag: W/\"a\" | 1",
                "ETag: W/\"a\" | ETag: \"a\" ++ ETag: \"a\" | 0",
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
        assertThat(Validation.confirmed(headers(update), candidates(candidates)))
                .isEqualTo(index);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // candidates, the caller's own If-None-Match, what is asked
                "ETag: \"a\" | - | \"a\"",
                "ETag: W/\"a\" | - | W/\"a\"",
                "ETag: \"a\" ++ ETag: \"b\" ++ ETag: \"a\" ++ x: y | - | \"a\", \"b\"",
                "ETag: a | - | -",
                "x: y | - | -",
                "ETag: \"a\" | \"b\" | \"a\", \"b\"",
                "ETag: \"a\" | \"b\", \"a\" | \"b\", \"a\"",
                "ETag: \"a\" | \"b\" ++ \"c\" | \"a\", \"b\", \"c\"",
                "x: y | \"b\" | \"b\"",
                "ETag: \"a\" | * | *",
            })
    void questions(String candidates, String asked, String noneMatch) {
        assertThat(Validation.noneMatch(
                        candidates(candidates), asked == null ? List.of() : List.of(asked.split(" \\+\\+ ", -1))))
                .isEqualTo(noneMatch);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT | Sun, 06 Nov 1994 08:49:37 GMT",
                "Last-Modified: Sunday, 06-Nov-94 08:49:37 GMT | Sunday, 06-Nov-94 08:49:37 GMT",
                "Last-Modified: foo | -",
                "x: y | -",
            })
    void datesAreAskedAboutAsTheyCame(String candidate, String modifiedSince) {
        assertThat(Validation.modifiedSince(headers(candidate), 0)).isEqualTo(modifiedSince);
    }

    private static List<HttpHeaders> candidates(String candidates) {
        return Arrays.stream(candidates.split(" \\+\\+ ", -1))
                .map(ValidationTest::headers)
                .toList();
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
