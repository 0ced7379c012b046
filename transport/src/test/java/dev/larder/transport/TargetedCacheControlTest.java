package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9213: fields aimed at one class of caches, which are Structured Fields (RFC 8941). */
final class TargetedCacheControlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "max-age=3600 | max-age=3600",
                "max-age=60, must-revalidate | max-age=60, must-revalidate",
                "`  no-store  ` | no-store",
                "no-store ++ max-age=1 | max-age=1, no-store",
                "`max-age=1\t,\tno-store` | max-age=1, no-store",
                "foobar, max-age=3600 | max-age=3600",
                "max-age=1, max-age=2 | max-age=2",
                "max-age=2147483648 | max-age=2147483648",
                "max-age=99999999999 | max-age=2147483648",
                "max-age=999999999999999 | max-age=2147483648",
                "max-age=003 | max-age=3",
                "max-age=5;q=1; public | max-age=5",
                "no-cache | no-cache",
                "no-cache=\"A, b\" | no-cache=\"a, b\"",
                "no-cache=a | no-cache=\"a\"",
                "private=\"x\\\"y\" | private",
                "no-store=?1, public=?0 | no-store",
                "a=1.5, b=:YWJj:, c=(1 \"x\" tok;p=1), d=\"\\\\\", e=*t/x:y, f=-7, *g, no-store | no-store",
                "c=( ), no-store | no-store",
            })
    void validFieldsSpeak(String lines, String directives) {
        CacheControl parsed = TargetedCacheControl.parse(Arrays.asList(lines.split(" \\+\\+ ")));
        assertThat(parsed).isNotNull().hasToString(directives);
        assertThat(parsed.targeted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "max-age=10000, &&&&&",
                "max-age=\"10000\"",
                "max-age=10.0",
                "max-age=abc",
                "max-age=-1",
                "max-age",
                "max-age=",
                "max-age =100",
                "max-age= 100",
                "MaX-aGe=3600",
                "max-age=1000000000000000",
                "max-age=1,",
                "max-age=1,,no-store",
                ",max-age=1",
                "max-age=1 no-store",
                "no-store;",
                "no-store;=1",
                "no-store;a=",
                "no-store=1",
                "no-store=\"x\"",
                "no-store=?2",
                "no-store=?",
                "\tno-store",
                "a=\"b, no-store",
                "a=\"b\\x\", no-store",
                "a=\"\u00e4\", no-store",
                "a=1.1234, no-store",
                "a=1., no-store",
                "a=1234567890123.1, no-store",
                "a=-, no-store",
                "a=--1, no-store",
                "a=(1, no-store",
                "a=(1 (2)), no-store",
                "a=(1\"x\"), no-store",
                "a=:YW, no-store",
                "a=:?:, no-store",
                "a=@1, no-store",
                "1a, no-store",
                "a=\0, no-store",
            })
    void othersAreIgnored(String line) {
        assertThat(TargetedCacheControl.parse(List.of(line))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                // Larder-Cache-Control, CDN-Cache-Control, Cache-Control, what counts, whether it was targeted
                "- | - | max-age=1 | max-age=1 | false",
                "- | max-age=2 | max-age=1 | max-age=2 | true",
                "max-age=3 | max-age=2 | max-age=1 | max-age=3 | true",
                "max-age=\"3\" | max-age=2 | max-age=1 | max-age=2 | true",
                "`` | max-age=2 | max-age=1 | max-age=2 | true",
                "`` | ! | max-age=1 | max-age=1 | false",
                "- | foo | no-store | `` | true",
            })
    void theFirstValidOneOfTheTargetsCounts(
            String first, String second, String last, String directives, boolean targeted) {
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "larder-cache-control", first == null ? List.of() : List.of(first),
                        "cdn-cache-control", second == null ? List.of() : List.of(second),
                        "cache-control", List.of(last)),
                (name, value) -> true);
        CacheControl chosen = TargetedCacheControl.of(headers, List.of("Larder-Cache-Control", "CDN-Cache-Control"));
        assertThat(chosen).hasToString(directives == null ? "" : directives);
        assertThat(chosen.targeted()).isEqualTo(targeted);
    }

    @Test
    void fieldsAimedAtOthersMeanNothing() {
        HttpHeaders headers = HttpHeaders.of(Map.of("CDN-Cache-Control", List.of("max-age=9")), (name, value) -> true);
        assertThat(TargetedCacheControl.of(headers, List.of())).isSameAs(CacheControl.NONE);
    }
}
