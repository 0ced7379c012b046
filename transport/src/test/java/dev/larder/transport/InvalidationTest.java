package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.4: what a successful change invalidates. */
final class InvalidationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // method, status, Location, Content-Location, what is invalid besides http://a/b/c?d
                "POST | 200 | - | - | -",
                "PUT | 204 | x | y | http://a/b/x http://a/b/y",
                "DELETE | 303 | /x | - | http://a/x",
                "PATCH | 201 | http://a:80/x#y | //A/z | http://a/x http://a/z",
                "M-SEARCH | 200 | x | - | http://a/b/x",
                "post | 200 | x | - | http://a/b/x",
                "POST | 399 | http://b/x | https://a/x | -",
                "POST | 200 | http://a:81/x | http://a.b/x | -",
                "POST | 200 | mailto:a | urn:x | -",
                "POST | 200 | :// | \"%\" | -",
                "POST | 200 | - | ?e | http://a/b/c?e",
            })
    void changesInvalidate(String method, int status, String location, String contentLocation, String others) {
        String uris =
                Invalidation.of(method, URI.create("http://A:80/b/c?d"), status, headers(location, contentLocation))
                        .stream()
                        .map(URI::toString)
                        .collect(Collectors.joining(" "));
        assertThat(uris).isEqualTo("http://a/b/c?d" + (others == null ? "" : " " + others));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,200",
        "HEAD,200",
        "OPTIONS,200",
        "TRACE,200",
        "QUERY,200",
        "PROPFIND,207",
        "POST,400",
        "POST,500",
        "POST,199",
        "DELETE,404"
    })
    void safeMethodsAndErrorsInvalidateNothing(String method, int status) {
        assertThat(Invalidation.of(method, URI.create("http://a/"), status, headers("x", "y")))
                .isEmpty();
    }

    @Test
    void severalLinesAndTheTargetItselfCountOnce() {
        HttpHeaders headers = HttpHeaders.of(
                Map.of("location", List.of("/x", "/y"), "content-location", List.of("", "/y")), (name, value) -> true);
        assertThat(Invalidation.of("POST", URI.create("http://a/"), 200, headers))
                .containsExactly(URI.create("http://a/"), URI.create("http://a/x"), URI.create("http://a/y"));
    }

    private static HttpHeaders headers(String location, String contentLocation) {
        Map<String, List<String>> fields = new TreeMap<>();
        if (location != null) {
            fields.put("Location", List.of(location));
        }
        if (contentLocation != null) {
            fields.put("Content-Location", List.of(contentLocation));
        }
        return HttpHeaders.of(fields, (name, value) -> true);
    }
}
