package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.1: when two requests agree in a header. */
final class VaryKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                // headers nobody knows: lines and whitespace only
                "foo | 1 | 1 | true",
                "foo | 1 | 2 | false",
                "foo | 1, 2 | 1 ++ 2 | true",
                "foo | `1,2` | ` 1, 2 ` | true",
                "foo | 1\t,2 | 1,2 | true",
                "foo | 1, 2 | 2, 1 | false",
                "foo | a | A | false",
                "foo | a b | a  b | false",
                "foo | 1,2 | 1,,2 | false",
                "foo | `1,` | 1 | false",
                "foo | \"a,b\" | \"a, b\" | false",
                "foo | \"a, b\",c | \"a, b\" , c | true",
                "foo | `` | ` ` | true",
                // languages
                "accept-language | en, de | de, en | true",
                "accept-language | en, de | eN, De | true",
                "accept-language | en, de | ` en ,   de` | true",
                "accept-language | en, de | en ++ de | true",
                "accept-language | en, de | en,,de | true",
                "accept-language | en, de | en | false",
                "accept-language | en;q=0.5, de | de, en ; Q=0.500 | true",
                "accept-language | en;q=1, de;q=1.000 | en, de | true",
                "accept-language | en;q=0, de | en;q=0.0, de | true",
                "accept-language | en;q=0.5, de | en, de;q=0.5 | false",
                "accept-language | en;q=0.5 | en;q=0.05 | false",
                "accept-language | en;q=0.10 | en;q=0.1 | true",
                "accept-language | en;q=10 | en;q=1 | false",
                // codings
                "accept-encoding | gzip, br | BR,gzip | true",
                "accept-encoding | gzip | gzip;q=1.0 | true",
                "accept-encoding | gzip | `` | false",
                "accept-encoding | `,` | `` | true",
                // media types
                "accept | text/html, */*;q=0.8 | TEXT/HTML,*/* ; q=0.80 | true",
                "accept | text/html;level=1 | text/html;LEVEL=1 | true",
                "accept | text/html;profile=\"A;b\" | text/html;profile=\"a;b\" | false",
                "accept | text/html;profile=A | text/html;profile=a | false",
                "accept | text/html;a=1;q=0.5;b | text/html; a=1; ;q=0.50;B | true",
                "accept | text/html;x=\"a, b\" | text/html;x=\"a,b\" | false",
            })
    void agreement(String name, String one, String other, boolean agree) {
        assertThat(normalized(name, one).equals(normalized(name, other))).isEqualTo(agree);
    }

    @Test
    void absentAgreesWithAbsentOnly() {
        assertThat(VaryKey.normalized("foo", List.of())).isNull();
        assertThat(VaryKey.normalized("accept", List.of())).isNull();
        assertThat(VaryKey.normalized("foo", List.of(""))).isEmpty();
        assertThat(VaryKey.normalized("accept", List.of(""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "* | true",
                "`*, *` | true",
                "* ++ * | true",
                "`, *` | true",
                "` ++ *` | true",
                "`*, Foo` | true",
                "`Foo, *` | true",
                "Foo | false",
                "Foo* | false",
            })
    void theAsteriskMatchesNothing(String lines, boolean unmatchable) {
        assertThat(VaryKey.isUnmatchable(Arrays.asList(lines.split(" ?\\+\\+ ", -1))))
                .isEqualTo(unmatchable);
    }

    @Test
    void namesAreSortedAndComeOnce() {
        assertThat(VaryKey.names(List.of())).isEmpty();
        assertThat(VaryKey.names(List.of("Foo, bar", "", "foo,, Baz "))).containsExactly("bar", "baz", "foo");
    }

    private static String normalized(String name, String lines) {
        return VaryKey.normalized(name, Arrays.asList(lines.split(" \\+\\+ ")));
    }
}
