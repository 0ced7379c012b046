package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §4 and §5.2, RFC 5861, RFC 8246: what may be served when. */
final class ReuseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                // request, response, age in ms, shared, use
                "- | max-age=10 | 0 | false | FRESH",
                "- | max-age=10 | 9999 | false | FRESH",
                "- | max-age=10 | 10000 | false | REVALIDATE",
                "- | max-age=0 | 0 | false | REVALIDATE",
                // the response's directives
                "- | max-age=10, no-cache | 0 | false | MUST_REVALIDATE",
                "- | max-age=10, no-cache=\"a\" | 0 | false | FRESH",
                "max-stale | max-age=10, no-cache | 0 | false | MUST_REVALIDATE",
                "- | max-age=10, must-revalidate | 0 | false | FRESH",
                "- | max-age=10, must-revalidate | 10000 | false | MUST_REVALIDATE",
                "max-stale | max-age=10, must-revalidate | 10000 | false | MUST_REVALIDATE",
                "- | max-age=10, must-revalidate, stale-while-revalidate=60 | 10000 | false | MUST_REVALIDATE",
                "max-stale | max-age=10, proxy-revalidate | 10000 | false | STALE_ALLOWED",
                "max-stale | max-age=10, proxy-revalidate | 10000 | true | MUST_REVALIDATE",
                "max-stale | max-age=10, s-maxage=10 | 10000 | false | STALE_ALLOWED",
                "max-stale | max-age=10, s-maxage=10 | 10000 | true | MUST_REVALIDATE",
                "max-stale | max-age=10, s-maxage=x | 10000 | true | MUST_REVALIDATE",
                // the request's
                "no-cache | max-age=10 | 0 | false | REVALIDATE",
                "no-cache=\"a\" | max-age=10 | 0 | false | REVALIDATE",
                "no-store | max-age=10 | 0 | false | FRESH",
                "only-if-cached | max-age=10 | 0 | false | FRESH",
                "max-age=0 | max-age=10 | 0 | false | REVALIDATE",
                "max-age=x | max-age=10 | 0 | false | REVALIDATE",
                "max-age=5 | max-age=10 | 5000 | false | FRESH",
                "max-age=5 | max-age=10 | 5001 | false | REVALIDATE",
                "max-age=50 | max-age=10 | 10000 | false | REVALIDATE",
                "min-fresh=4 | max-age=10 | 6000 | false | FRESH",
                "min-fresh=4 | max-age=10 | 6001 | false | REVALIDATE",
                "min-fresh=0 | max-age=10 | 9999 | false | FRESH",
                "min-fresh=0 | max-age=10 | 10000 | false | REVALIDATE",
                "min-fresh=x | max-age=10 | 0 | false | REVALIDATE",
                "min-fresh=99999999999 | max-age=10 | 0 | false | REVALIDATE",
                "max-stale=5 | max-age=10 | 15000 | false | STALE_ALLOWED",
                "max-stale=5 | max-age=10 | 15001 | false | REVALIDATE",
                "max-stale=x | max-age=10 | 15000 | false | REVALIDATE",
                "max-stale | max-age=10 | 9223372036854775807 | false | STALE_ALLOWED",
                "max-stale=5 | max-age=10 | 5000 | false | FRESH",
                "max-age=5, max-stale=2 | max-age=10 | 7000 | false | FRESH",
                "max-age=5, max-stale=2 | max-age=10 | 7500 | false | REVALIDATE",
                "max-age=0, max-stale | max-age=10 | 7500 | false | FRESH",
                "min-fresh=4, max-stale=2 | max-age=10 | 8000 | false | FRESH",
                "no-cache, max-stale | max-age=10 | 7500 | false | REVALIDATE",
                // RFC 8246: a reload does not ask for what does not change
                "max-age=0 | max-age=10, immutable | 9999 | false | FRESH",
                "max-age=0 | max-age=10, immutable | 10000 | false | REVALIDATE",
                "no-cache | max-age=10, immutable | 0 | false | REVALIDATE",
                "min-fresh=9 | max-age=10, immutable | 5000 | false | REVALIDATE",
                // RFC 5861 §3
                "- | max-age=10, stale-while-revalidate=5 | 9999 | false | FRESH",
                "- | max-age=10, stale-while-revalidate=5 | 15000 | false | STALE_WHILE_REVALIDATE",
                "- | max-age=10, stale-while-revalidate=5 | 15001 | false | REVALIDATE",
                "- | max-age=10, stale-while-revalidate=x | 10000 | false | REVALIDATE",
                "- | max-age=0, stale-while-revalidate=5 | 0 | false | STALE_WHILE_REVALIDATE",
                "- | max-age=10, no-cache, stale-while-revalidate=5 | 0 | false | MUST_REVALIDATE",
                "no-cache | max-age=10, stale-while-revalidate=5 | 12000 | false | REVALIDATE",
                "max-age=0 | max-age=10, stale-while-revalidate=5 | 12000 | false | REVALIDATE",
                "min-fresh=1 | max-age=10, stale-while-revalidate=5 | 12000 | false | REVALIDATE",
                "max-stale=1 | max-age=10, stale-while-revalidate=5 | 12000 | false | REVALIDATE",
                "max-stale=2 | max-age=10, stale-while-revalidate=5 | 12000 | false | STALE_ALLOWED",
                "max-age=20 | max-age=10, stale-while-revalidate=5 | 12000 | false | REVALIDATE",
            })
    void uses(String request, String response, long ageMillis, boolean shared, Reuse use) {
        CacheControl directives = directives(response);
        assertThat(Reuse.of(directives(request), directives, freshness(directives, ageMillis), 0, shared))
                .isEqualTo(use);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // request, response, age in ms, shared, after an error, when cut off
                "- | max-age=10 | 20000 | false | false | true",
                "- | max-age=10 | 9223372036854775807 | false | false | true",
                "- | max-age=10, no-cache | 0 | false | false | false",
                "- | max-age=10, must-revalidate | 20000 | false | false | false",
                "- | max-age=10, must-revalidate, stale-if-error=60 | 20000 | false | false | false",
                "stale-if-error=60 | max-age=10, must-revalidate | 20000 | false | false | false",
                "- | max-age=10, proxy-revalidate | 20000 | false | false | true",
                "- | max-age=10, proxy-revalidate | 20000 | true | false | false",
                "- | max-age=10, s-maxage=10 | 20000 | true | false | false",
                "- | max-age=10, stale-if-error=10 | 20000 | false | true | true",
                "- | max-age=10, stale-if-error=10 | 20001 | false | false | false",
                "- | max-age=10, stale-if-error=x | 20001 | false | false | false",
                "stale-if-error=10 | max-age=10 | 20000 | false | true | true",
                "stale-if-error=10 | max-age=10 | 20001 | false | false | false",
                "stale-if-error=1 | max-age=10, stale-if-error=10 | 20000 | false | true | true",
                "stale-if-error=10 | max-age=10, stale-if-error=1 | 20000 | false | true | true",
                "no-cache | max-age=10 | 0 | false | false | false",
                "no-cache | max-age=10, stale-if-error=10 | 20000 | false | false | false",
                "no-cache, stale-if-error=10 | max-age=10 | 20000 | false | true | true",
                "max-age=0 | max-age=10 | 0 | false | false | false",
                "max-age=0, stale-if-error=10 | max-age=10 | 0 | false | true | true",
                "max-age=5 | max-age=10, stale-if-error=10 | 20000 | false | false | false",
                "min-fresh=5 | max-age=10 | 20000 | false | false | false",
                "max-stale=5 | max-age=10 | 20000 | false | false | false",
            })
    void substitutes(
            String request, String response, long ageMillis, boolean shared, boolean error, boolean disconnected) {
        CacheControl asked = directives(request);
        CacheControl directives = directives(response);
        Freshness freshness = freshness(directives, ageMillis);
        assertThat(Reuse.mayServeOnError(asked, directives, freshness, 0, shared, false))
                .isEqualTo(error);
        assertThat(Reuse.mayServeOnError(asked, directives, freshness, 0, shared, true))
                .isEqualTo(disconnected);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void errorsThatStaleResponsesStandInFor(int status) {
        assertThat(Reuse.isError(status)).isTrue();
    }

    @Test
    void otherStatusesAreAnswers() {
        assertThat(List.of(200, 304, 404, 429, 501, 505, 599)).noneMatch(Reuse::isError);
    }

    private static CacheControl directives(String line) {
        return CacheControl.parse(line == null ? List.of() : List.of(line));
    }

    private static Freshness freshness(CacheControl directives, long ageMillis) {
        return new Freshness(directives.maxAge() * 1000, false, ageMillis, 0);
    }
}
