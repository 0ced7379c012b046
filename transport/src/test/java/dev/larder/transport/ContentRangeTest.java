package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §14.4: what a part says of itself. */
final class ContentRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bytes 42-1233/1234 | bytes 42-1233/1234",
                "bytes 42-1233/* | bytes 42-1233/*",
                "bytes 0-0/1 | bytes 0-0/1",
                "bytes */1234 | bytes */1234",
                "bytes */0 | bytes */0",
                "` Bytes 00-01/002 ` | bytes 0-1/2",
                "bytes 0-1/99999999999999999999 | bytes 0-1/9223372036854775807",
            })
    void valid(String line, String text) {
        assertThat(ContentRange.of(List.of(line))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes ",
                "bytes 0-1",
                "bytes 0-1/",
                "bytes 0/1",
                "bytes -1/2",
                "bytes 0-/2",
                "bytes 1-0/2",
                "bytes 0-1/1",
                "bytes 0-2/2",
                "bytes */*",
                "bytes *-1/2",
                "bytes */",
                "bytes */x",
                "bytes=0-1/2",
                "bytes  0-1/2",
                "bytes 0 - 1/2",
                "bytes 0-1 /2",
                "bytes 0-1/ 2",
                "bytes 0-1/2, bytes 0-1/2",
                "exampleunit 1-2/25",
                "0-1/2",
                "bytes /-",
                "bytes 99999999999999999999-99999999999999999999/99999999999999999999",
            })
    void invalid(String line) {
        assertThat(ContentRange.of(List.of(line))).isNull();
    }

    @Test
    void aFieldHasOneLine() {
        assertThat(ContentRange.of(List.of())).isNull();
        assertThat(ContentRange.of(List.of("bytes 0-1/2", "bytes 0-1/2"))).isNull();
    }
}
