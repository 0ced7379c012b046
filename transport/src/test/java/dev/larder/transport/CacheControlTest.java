package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §5.2: what the lines of Cache-Control say, however they are written. */
final class CacheControlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                // what is there
                "`` | ``",
                "no-store | no-store",
                "max-age=60, s-maxage=30 | max-age=60, s-maxage=30",
                "public, immutable, no-transform | no-transform, public, immutable",
                "must-revalidate, proxy-revalidate, must-understand"
                        + " | must-revalidate, proxy-revalidate, must-understand",
                "only-if-cached, min-fresh=5, max-stale=7 | min-fresh=5, max-stale=7, only-if-cached",
                "stale-while-revalidate=1, stale-if-error=2 | stale-while-revalidate=1, stale-if-error=2",
                // case, space, empty members, several lines
                "MaX-aGe=3600, No-StOrE | max-age=3600, no-store",
                "`  max-age=1 ,\tno-store\t,, ` | max-age=1, no-store",
                "max-age=1 ++ no-store ++ private | max-age=1, private, no-store",
                // unknown directives
                "foobar, max-age=1, community=\"UCI\" | max-age=1",
                "no-store-at-all, xno-store, no_store, max-age-x=3 | ``",
                "extension=\"max-age=3600\", max-age=1 | max-age=1",
                "max-age=1, extension=\"a, no-store, max-age=3600\" | max-age=1",
                "\"no-store\", =no-store, (no-store) | ``",
                // both forms of arguments
                "max-age=\"3600\" | max-age=3600",
                "max-age=\"36\\00\" | max-age=3600",
                "max-age=003600 | max-age=3600",
                // numbers beyond bounds
                "max-age=2147483647 | max-age=2147483647",
                "max-age=2147483648 | max-age=2147483648",
                "max-age=2147483649 | max-age=2147483648",
                "max-age=99999999999999999999999999 | max-age=2147483648",
                // §4.2.1: the first of several
                "max-age=1800, max-age=1 | max-age=1800",
                "max-age=1 ++ max-age=1800 | max-age=1",
                "max-age=x, max-age=1800 | max-age=0",
                // what cannot be read is strict
                "max-age | max-age=0",
                "max-age= | max-age=0",
                "max-age=\"\" | max-age=0",
                "max-age=-1 | max-age=0",
                "max-age=+1 | max-age=0",
                "max-age=3600.0 | max-age=0",
                "max-age=3600a | max-age=0",
                "max-age=a3600 | max-age=0",
                "max-age='3600' | max-age=0",
                "max-age =3600 | max-age=0",
                "max-age= 3600 | max-age=0",
                "max-age:3600 | max-age=0",
                "max-age=3600; public | max-age=0",
                "max-age=\"3600 | max-age=0",
                "max-age=\"3600\"x | max-age=0",
                "max-age=\"3600, no-store | max-age=0, no-store",
                "s-maxage=x | s-maxage=0",
                "min-fresh=x, max-stale=x | min-fresh=2147483648, max-stale=0",
                "stale-while-revalidate, stale-if-error=- | stale-while-revalidate=0, stale-if-error=0",
                "no-store=1 | no-store",
                "no-store; max-age=1 | no-store",
                "no-store foo | no-store",
                "must-revalidate=\"x\" | must-revalidate",
                "immutable=1, public=yes | public, immutable",
                "public; max-age=3600 | ``",
                "public=, immutable=\"x | ``",
                // max-stale needs no number
                "max-stale | max-stale=2147483648",
                // field names
                "no-cache | no-cache",
                "no-cache=\"Set-Cookie\" | no-cache=\"set-cookie\"",
                "no-cache=\"A, b ,,C\" | no-cache=\"a, b, c\"",
                "no-cache=a | no-cache=\"a\"",
                "no-cache=\"a\", no-cache=\"b\" | no-cache=\"a, b\"",
                "no-cache=\"a\", no-cache | no-cache",
                "no-cache, no-cache=\"a\" | no-cache",
                "no-cache=\"\" | no-cache",
                "no-cache=\",\" | no-cache",
                "no-cache=\"a b\" | no-cache",
                "no-cache=\"a | no-cache",
                "no-cache = \"a\" | no-cache",
                "private=\"x-user\", no-cache=\"b\" | no-cache=\"b\", private=\"x-user\"",
                "private | private",
                "private=x y | private",
            })
    void directives(String lines, String directives) {
        assertThat(CacheControl.parse(Arrays.asList(lines.split(" \\+\\+ "))).toString())
                .isEqualTo(directives);
    }

    @Test
    void fieldNamesStandOnlyWhereNotEverythingIsMeant() {
        CacheControl qualified = CacheControl.parse(List.of("no-cache=\"a\", private=\"b\""));
        assertThat(qualified.noCache()).isFalse();
        assertThat(qualified.noCacheFields()).containsExactly("a");
        assertThat(qualified.privateResponse()).isFalse();
        assertThat(qualified.privateFields()).containsExactly("b");
        CacheControl both = CacheControl.parse(List.of("no-cache=\"a\", no-cache", "private, private=\"b\""));
        assertThat(both.noCache()).isTrue();
        assertThat(both.noCacheFields()).isEmpty();
        assertThat(both.privateResponse()).isTrue();
        assertThat(both.privateFields()).isEmpty();
    }

    @Test
    void whatIsAbsentIsAbsent() {
        CacheControl none = CacheControl.parse(List.of());
        assertThat(none).isSameAs(CacheControl.NONE);
        assertThat(List.of(
                        none.maxAge(),
                        none.sMaxage(),
                        none.minFresh(),
                        none.maxStale(),
                        none.staleIfError(),
                        none.staleWhileRevalidate()))
                .containsOnly(CacheControl.ABSENT);
        assertThat(none.noCache() || none.noStore() || none.privateResponse() || none.publicResponse())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            nullValues = "-",
            value = {
                "- | no-cache | no-cache",
                "- | x, No-Cache | no-cache",
                "- | unrecognised-extension | ``",
                "- | - | ``",
                "max-age=5 | no-cache | max-age=5",
                "no-cache | - | no-cache",
            })
    void pragmaSpeaksForRequestsThatHaveNothingBetter(String cacheControl, String pragma, String directives) {
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "cache-control", cacheControl == null ? List.of() : List.of(cacheControl),
                        "pragma", pragma == null ? List.of() : List.of(pragma)),
                (name, value) -> true);
        assertThat(CacheControl.ofRequest(headers).toString()).isEqualTo(directives);
    }

    @Test
    void pragmaMeansNothingInResponses() {
        HttpHeaders headers = HttpHeaders.of(Map.of("Pragma", List.of("no-cache")), (name, value) -> true);
        assertThat(CacheControl.ofResponse(headers)).isSameAs(CacheControl.NONE);
    }
}
