package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §3: what may be stored. */
final class StorabilityTest {
    private static final URI TARGET = URI.create("http://a/b?c");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // request, status, response, reason as a private cache, and as a shared one
                // methods
                "GET | 200 | - | - | -",
                "HEAD | 200 | - | - | -",
                "QUERY | 200 | - | - | -",
                "get | 200 | - | method get | method get",
                "PUT | 200 | Cache-Control: max-age=9 | method PUT | method PUT",
                "OPTIONS | 200 | Cache-Control: max-age=9 | method OPTIONS | method OPTIONS",
                "FOO | 200 | Cache-Control: max-age=9 | method FOO | method FOO",
                "POST | 200 | Cache-Control: max-age=9 | method POST | method POST",
                "POST | 200 | Content-Location: /b?c | method POST | method POST",
                "POST | 200 | Cache-Control: max-age=9;; Content-Location: /b?c | - | -",
                "POST | 201 | Cache-Control: max-age=9;; Content-Location: http://A:80/b?c | - | -",
                "POST | 200 | Expires: 0;; Content-Location: /b?c | - | -",
                "POST | 200 | Cache-Control: s-maxage=9;; Content-Location: /b?c | method POST | -",
                "POST | 200 | Cache-Control: public;; Content-Location: /b?c | method POST | method POST",
                "POST | 200 | Cache-Control: max-age=9;; Content-Location: /b | method POST | method POST",
                "POST | 200 | Cache-Control: max-age=9;; Content-Location: https://a/b?c | method POST | method POST",
                "POST | 404 | Cache-Control: max-age=9;; Content-Location: /b?c | method POST | method POST",
                "POST | 200 | Cache-Control: max-age=9;; Content-Location: :// | method POST | method POST",
                // statuses
                "GET | 100 | Cache-Control: max-age=9 | status 100 | status 100",
                "GET | 103 | Cache-Control: max-age=9 | status 103 | status 103",
                "GET | 199 | Cache-Control: max-age=9 | status 199 | status 199",
                "GET | 600 | Cache-Control: max-age=9 | status 600 | status 600",
                "GET | 304 | Cache-Control: max-age=9 | status 304 | status 304",
                "GET | 412 | Cache-Control: max-age=9 | status 412 | status 412",
                "GET | 416 | Cache-Control: max-age=9 | status 416 | status 416",
                "GET | 429 | Cache-Control: max-age=9 | status 429 | status 429",
                "GET | 206 | Cache-Control: max-age=9;; Content-Range: bytes 0-1/2 | - | -",
                "GET | 206 | Cache-Control: max-age=9;; Content-Range: bytes 0-1/1 | status 206 | status 206",
                "GET | 206 | Cache-Control: max-age=9;; Content-Range: bytes */2 | status 206 | status 206",
                "GET | 206 | Cache-Control: max-age=9 | status 206 | status 206",
                "HEAD | 206 | Content-Range: bytes 0-1/2 | status 206 | status 206",
                "GET | 299 | Cache-Control: max-age=9 | - | -",
                "GET | 302 | Cache-Control: max-age=9 | - | -",
                "GET | 400 | Cache-Control: max-age=9 | - | -",
                "GET | 499 | Cache-Control: max-age=9 | - | -",
                "GET | 503 | Cache-Control: max-age=9 | - | -",
                "GET | 599 | Cache-Control: max-age=9 | - | -",
                // something that allows it
                "GET | 301 | - | - | -",
                "GET | 404 | - | - | -",
                "GET | 302 | - | no freshness | no freshness",
                "GET | 599 | - | no freshness | no freshness",
                "GET | 599 | Cache-Control: public | - | -",
                "GET | 599 | Cache-Control: private | - | private",
                "GET | 599 | Cache-Control: private=\"a\" | - | no freshness",
                "GET | 599 | Expires: foo | - | -",
                "GET | 599 | Cache-Control: max-age=foo | - | -",
                "GET | 599 | Cache-Control: s-maxage=9 | no freshness | -",
                "GET | 599 | Cache-Control: immutable, must-revalidate | no freshness | no freshness",
                // no-store
                "GET | 200 | Cache-Control: no-store | no-store | no-store",
                "GET | 200 | Cache-Control: No-Store, max-age=9;; Expires: foo | no-store | no-store",
                "GET no-store | 200 | Cache-Control: max-age=9 | no-store in the request | no-store in the request",
                "GET max-age=0 | 200 | Cache-Control: max-age=9 | - | -",
                // must-understand
                "GET | 200 | Cache-Control: max-age=9, no-store, must-understand | - | -",
                "GET | 200 | Cache-Control: max-age=9, must-understand | - | -",
                "GET | 599 | Cache-Control: max-age=9, no-store, must-understand | must-understand | must-understand",
                "GET | 599 | Cache-Control: max-age=9, must-understand | must-understand | must-understand",
                // private
                "GET | 200 | Cache-Control: max-age=9, private | - | private",
                "GET | 200 | Cache-Control: max-age=9, private=\"a\" | - | -",
                "GET | 200 | Cache-Control: max-age=9, private=\"\" | - | private",
                // credentials
                "GET auth | 200 | Cache-Control: max-age=9 | - | authorization",
                "GET auth | 200 | Cache-Control: max-age=9, public | - | -",
                "GET auth | 200 | Cache-Control: max-age=9, must-revalidate | - | -",
                "GET auth | 200 | Cache-Control: s-maxage=9 | - | -",
                "GET auth | 200 | Cache-Control: max-age=9, proxy-revalidate | - | authorization",
                "GET auth | 200 | Cache-Control: max-age=9, public, private | - | private",
            })
    void reasons(String request, int status, String response, String asPrivate, String asShared) {
        String[] parts = request.split(" ", -1);
        boolean authorized = request.endsWith("auth");
        CacheControl asked = CacheControl.parse(parts.length > 1 && !authorized ? List.of(parts[1]) : List.of());
        HttpHeaders headers = headers(response);
        CacheControl directives = CacheControl.ofResponse(headers);
        assertThat(Storability.refusal(parts[0], TARGET, asked, authorized, status, headers, directives, false))
                .isEqualTo(asPrivate);
        assertThat(Storability.refusal(parts[0], TARGET, asked, authorized, status, headers, directives, true))
                .isEqualTo(asShared);
    }

    @Test
    void targetedFieldsDecideAlone() {
        HttpHeaders headers = headers("CDN-Cache-Control: max-age=9;; Cache-Control: no-store");
        CacheControl directives = TargetedCacheControl.of(headers, List.of("CDN-Cache-Control"));
        assertThat(Storability.refusal("GET", TARGET, CacheControl.NONE, false, 599, headers, directives, true))
                .isNull();
        headers = headers("CDN-Cache-Control: immutable;; Expires: 0");
        directives = TargetedCacheControl.of(headers, List.of("CDN-Cache-Control"));
        assertThat(Storability.refusal("GET", TARGET, CacheControl.NONE, false, 599, headers, directives, true))
                .isEqualTo("no freshness");
    }

    private static HttpHeaders headers(String fields) {
        Map<String, List<String>> map = new TreeMap<>();
        for (String field : fields == null ? new String[0] : fields.split(";;", -1)) {
            int colon = field.indexOf(':');
            map.put(
                    field.substring(0, colon).strip(),
                    List.of(field.substring(colon + 1).strip()));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
