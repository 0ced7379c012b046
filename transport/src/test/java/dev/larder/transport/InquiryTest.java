package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.3.1 and §4.3.4: what is asked about what is kept, and which of it a 304 means. */
final class InquiryTest {
    private static final String T = "Sun, 06 Nov 1994 08:49:37 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // fields of what fits, tags of other variants, fields of the request, conditions to send
                "- | - | - | -",
                "- | \"b\" \"c\" | - | If-None-Match: \"b\", \"c\"",
                "ETag: \"a\" | - | - | If-None-Match: \"a\"",
                "ETag: \"a\" | \"b\" W/\"c\" | - | If-None-Match: \"a\", \"b\", W/\"c\"",
                "ETag: \"a\" | \"a\" \"b\" | - | If-None-Match: \"a\", \"b\"",
                "ETag: \"a\";; Last-Modified: T | \"b\" | - | If-None-Match: \"a\", \"b\";; If-Modified-Since: T",
                "Last-Modified: T | \"b\" | - | If-Modified-Since: T",
                "X: 1 | \"b\" | - | If-None-Match: \"b\"",
                "X: 1 | - | - | -",
                "X: 1 | - | If-None-Match: \"x\" | -",
                "ETag: \"a\" | \"b\" | If-None-Match: \"x\" | If-None-Match: \"a\", \"b\", \"x\"",
                "ETag: \"a\" | - | Range: bytes=0-1 | If-None-Match: \"a\"",
            })
    void everyTagIsAskedAbout(String stored, String others, String asked, String conditions) {
        Inquiry inquiry = inquiry("GET", stored, others, asked);
        assertThat(inquiry.fields()).isEqualTo(map(conditions));
        assertThat(inquiry.isValidation()).isEqualTo(conditions != null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // fields of what fits, tags of other variants, fields of the 304, which of them it means
                "ETag: \"a\" | \"b\" \"c\" | ETag: \"a\" | 0",
                "ETag: \"a\" | \"b\" \"c\" | ETag: \"c\" | 2",
                "ETag: \"a\" | \"b\" \"c\" | ETag: \"d\" | -",
                "ETag: \"a\" | \"b\" \"c\" | X: 1 | -",
                "- | \"b\" | X: 1 | 1",
                "- | \"b\" \"c\" | ETag: W/\"b\" | 1",
            })
    void whatIsConfirmedIsChosenByItsTag(String stored, String others, String update, Integer chosen) {
        CacheKey confirmed = inquiry("GET", stored, others, null).confirmed(headers(update));
        assertThat(confirmed).isEqualTo(chosen == null ? null : key(chosen));
    }

    @Test
    void onlyForGet() {
        assertThat(inquiry("HEAD", "ETag: \"a\"", "\"b\"", null).isValidation()).isFalse();
        assertThat(inquiry("QUERY", "ETag: \"a\"", "\"b\"", null).isValidation())
                .isFalse();
    }

    @Test
    void eightVariantsAreRememberedTheLatestFirst() {
        Variants variants = Variants.NONE;
        for (int i = 0; i < 10; i++) {
            variants = variants.with(stored(i, "ETag: \"" + i + "\""));
        }
        assertThat(variants.list()).hasSize(8).first().isEqualTo(new Variants.Variant(key(9), "\"9\""));
        assertThat(variants.with(stored(9, "ETag: \"9\""))).isSameAs(variants);
        assertThat(variants.with(stored(5, "ETag: \"new\"")).list())
                .hasSize(8)
                .contains(new Variants.Variant(key(5), "\"new\""))
                .doesNotContain(new Variants.Variant(key(5), "\"5\""));
        assertThat(variants.with(stored(20, "Last-Modified: T"))).isSameAs(variants);
        assertThat(variants.with(stored(20, "ETag: \"" + "x".repeat(300) + "\"")))
                .isSameAs(variants);
    }

    private static Inquiry inquiry(String method, String stored, String others, String asked) {
        List<Variants.Variant> variants = new ArrayList<>();
        for (String tag : others == null ? new String[0] : others.split(" ")) {
            variants.add(new Variants.Variant(key(variants.size() + 1), tag));
        }
        Policy policy = new Policy(null, false, List.of());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://a/")).method(method, HttpRequest.BodyPublishers.noBody());
        map(asked).forEach(request::header);
        Ask ask = new Ask(
                request.build(),
                RequestBody.read(request.build()).join(),
                request.build().timeout(),
                CacheControl.NONE,
                true,
                policy,
                key(100),
                List.of());
        Kept kept = new Kept(
                stored == null ? null : stored(0, stored),
                new VaryIndex(key(100), List.of(), new Variants(() -> variants)));
        return Inquiry.of(ask, kept, System.currentTimeMillis(), 1000);
    }

    private static StoredResponse stored(int number, String fields) {
        return new StoredResponse(
                key(number),
                new StoredResponse.Head(
                        200,
                        HttpClient.Version.HTTP_1_1,
                        new Fields(headers(fields).map()),
                        new Freshness(0, false, 0, 0),
                        CacheControl.NONE,
                        List.of("accept")),
                new byte[0],
                Long.MAX_VALUE,
                Set.of());
    }

    private static CacheKey key(int number) {
        return CacheKey.sha256(new byte[] {(byte) number});
    }

    private static HttpHeaders headers(String fields) {
        Map<String, List<String>> headers = new TreeMap<>();
        map(fields).forEach((name, value) -> headers.put(name, List.of(value)));
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private static Map<String, String> map(String fields) {
        Map<String, String> map = new TreeMap<>();
        for (String field : fields == null ? new String[0] : fields.split(";; ")) {
            int colon = field.indexOf(": ");
            String value = field.substring(colon + 2);
            map.put(field.substring(0, colon), value.equals("T") ? T : value);
        }
        return map;
    }
}
