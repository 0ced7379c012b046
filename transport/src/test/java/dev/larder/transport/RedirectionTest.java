package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §15.4, by the rules of the JDK's own client. */
final class RedirectionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // policy, method, status, Location, request that follows
                "NORMAL | GET | 301 | /b | GET http://a/b",
                "NORMAL | POST | 301 | /b | GET http://a/b",
                "NORMAL | POST | 302 | b?q#f | GET http://a/x/b?q#f",
                "NORMAL | PUT | 302 | /b | PUT http://a/b 4",
                "NORMAL | PUT | 303 | /b | GET http://a/b",
                "NORMAL | HEAD | 303 | /b | GET http://a/b",
                "NORMAL | HEAD | 301 | /b | HEAD http://a/b",
                "NORMAL | POST | 307 | /b | POST http://a/b 4",
                "NORMAL | POST | 308 | /b | POST http://a/b 4",
                "NORMAL | GET | 302 | https://c/ | GET https://c/",
                "NORMAL | GET | 302 | ftp://c/ | -",
                "NEVER | GET | 302 | /b | -",
                "NORMAL | GET | 200 | /b | -",
                "NORMAL | GET | 201 | /b | -",
                "NORMAL | GET | 300 | /b | -",
                "NORMAL | GET | 304 | /b | -",
                "NORMAL | GET | 305 | /b | -",
                "NORMAL | GET | 306 | /b | -",
                "NORMAL | GET | 309 | /b | -",
                "NORMAL | GET | 404 | /b | -",
            })
    void whatFollowsDependsOnStatusAndMethod(
            HttpClient.Redirect policy, String method, int status, String location, String expected) throws Exception {
        HttpRequest next = Redirection.next(policy, request("http://a/x/y", method), status, location(location));
        assertThat(next == null ? null : description(next)).isEqualTo(expected);
        if (next != null) {
            assertThat(next.timeout()).contains(Duration.ofSeconds(7));
            assertThat(next.headers().firstValue("X-A")).contains("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"NORMAL, false", "ALWAYS, true"})
    void aSecureSchemeIsLeftOnlyAlways(HttpClient.Redirect policy, boolean followed) throws Exception {
        assertThat(Redirection.next(policy, request("https://a/", "GET"), 302, location("http://a/")) != null)
                .isEqualTo(followed);
    }

    @ParameterizedTest
    @CsvSource({"http://a/b, true", "http://a:81/b, false", "https://a/b, false", "http://b/b, false"})
    void credentialsStayWithTheirOrigin(String location, boolean kept) throws Exception {
        HttpRequest next =
                Redirection.next(HttpClient.Redirect.NORMAL, request("http://a/", "GET"), 302, location(location));
        assertThat(next.headers().map().containsKey("Authorization")).isEqualTo(kept);
        assertThat(next.headers().map().containsKey("Cookie")).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[", "-"})
    void aRedirectToNowhereFails(String location) {
        HttpHeaders headers =
                location.equals("-") ? HttpHeaders.of(Map.of(), (name, value) -> true) : location(location);
        assertThatThrownBy(
                        () -> Redirection.next(HttpClient.Redirect.NORMAL, request("http://a/", "GET"), 302, headers))
                .isInstanceOf(IOException.class);
    }

    private static String description(HttpRequest request) {
        long length = request.bodyPublisher()
                .map(HttpRequest.BodyPublisher::contentLength)
                .orElse(0L);
        return request.method() + " " + request.uri() + (length == 0 ? "" : " " + length);
    }

    private static HttpHeaders location(String location) {
        return HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true);
    }

    private static HttpRequest request(String uri, String method) {
        HttpRequest.BodyPublisher body = method.startsWith("P")
                ? HttpRequest.BodyPublishers.ofString("body")
                : HttpRequest.BodyPublishers.noBody();
        return HttpRequest.newBuilder(URI.create(uri))
                .headers("X-A", "1", "Authorization", "me", "Cookie", "c=1")
                .timeout(Duration.ofSeconds(7))
                .method(method, body)
                .build();
    }
}
