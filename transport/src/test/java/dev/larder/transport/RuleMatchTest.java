package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts, paths and media types are meant by which patterns. */
final class RuleMatchTest {
    @ParameterizedTest
    @CsvSource({
        "a.example,      http://a.example/,       true",
        "A.Example,      http://a.EXAMPLE:81/,    true",
        "a.example:81,   http://a.example:81/,    true",
        "a.example:80,   http://a.example/,       true",
        "a.example:443,  https://a.example/,      true",
        "a.example:80,   https://a.example/,      false",
        "a.example,      http://b.a.example/,     false",
        "*.a.example,    http://b.a.example/,     true",
        "*.a.example,    http://c.b.A.example/,   true",
        "*.a.example,    http://a.example/,       false",
        "*.a.example,    http://ba.example/,      false",
        "*.a.example:81, http://b.a.example:81/,  true",
        "*.a.example:81, http://b.a.example/,     false",
        "[::1],          http://[::1]:8080/,      true",
        "127.0.0.1:8080, http://127.0.0.1:8080/,  true",
    })
    void hosts(String pattern, URI uri, boolean matches) {
        assertThat(HostPattern.parse(pattern).matches(uri)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "/,              /,                 true",
        "/,              '',                true",
        "/v1,            /v1,               true",
        "/v1,            /v1/,              false",
        "/v1/*,          /v1/models,        true",
        "/v1/*,          /v1/,              true",
        "/v1/*,          /v1/models/a,      false",
        "/v1/*,          /v1,               false",
        "/v1/**,         /v1/models/a,      true",
        "/v1/**,         /v1,               true",
        "/v1/**,         /v1/,              true",
        "/v1/**,         /v10,              false",
        "/**,            /,                 true",
        "/**,            /a/b,              true",
        "**,             /a/b,              true",
        "/*/models,      /v2/models,        true",
        "/*/models,      /v2/x/models,      false",
        "/**/models,     /v2/x/models,      true",
        "**.json,        /a/b.json,         true",
        "**.json,        /a/bxjson,         false",
        "/a(b)/*,        /a(b)/c,           true",
        "/a%20b/*,       /a%20b/c,          true",
        "/a%2Fb,         /a/b,              false",
        "/v1/*/**,       /v1/a/b/c,         true",
    })
    void paths(String pattern, String path, boolean matches) {
        assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json,                true",
        "application/json, 'application/json; charset=x',   true",
        "application/json, 'Application/JSON ;a=b',         true",
        "Application/Json, application/json,                true",
        "application/json, application/jsonp,               false",
        "application/json, text/json,                       false",
        "text/*,           text/plain,                      true",
        "text/*,           textual/plain,                   false",
        "text/*,           text,                            false",
        "text/*,           '',                              false",
    })
    void mediaTypes(String range, String type, boolean matches) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Content-Type", List.of(type)), (name, value) -> true);
        assertThat(MediaRange.anyMatches(List.of(MediaRange.parse(range)), headers))
                .isEqualTo(matches);
    }
}
