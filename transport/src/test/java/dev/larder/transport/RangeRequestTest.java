package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §14: ranges of bytes, asked for and found. */
final class RangeRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                // The examples of §14.1.2, of 10000 bytes.
                "bytes=0-499 | 10000 | 0-499",
                "bytes=500-999 | 10000 | 500-999",
                "bytes=-500 | 10000 | 9500-9999",
                "bytes=9500- | 10000 | 9500-9999",
                "bytes=0-0,-1 | 10000 | 0-0 9999-9999",
                "bytes= 0-999, 4500-5499, -1000 | 10000 | 0-999 4500-5499 9000-9999",
                "bytes=500-600,601-999 | 10000 | 500-999",
                "bytes=500-700,601-999 | 10000 | 500-999",
                // ends and beyond
                "bytes=0- | 10 | 0-9",
                "bytes=0-9 | 10 | 0-9",
                "bytes=0-10 | 10 | 0-9",
                "bytes=9-99 | 10 | 9-9",
                "bytes=-10 | 10 | 0-9",
                "bytes=-11 | 10 | 0-9",
                "bytes=0-99999999999999999999999 | 10 | 0-9",
                "bytes=-99999999999999999999999 | 10 | 0-9",
                // syntax
                "Bytes=0-1 | 10 | 0-1",
                "` bytes=0-1 ` | 10 | 0-1",
                "`bytes=,0-1,,\t5-6 ,` | 1000 | 0-6",
                "bytes=00-01 | 10 | 0-1",
                // order as asked for
                "bytes=900-,0-9 | 1000 | 900-999 0-9",
                "bytes=900-909,0-9,500-509 | 1000 | 900-909 0-9 500-509",
                "bytes=0-9,900-909,5-20 | 1000 | 0-20 900-909",
                // gaps smaller than the cost of a part
                "bytes=0-9,90-99 | 1000 | 0-99",
                "bytes=90-99,0-9 | 1000 | 0-99",
                "bytes=0-9,91-99 | 1000 | 0-9 91-99",
                "bytes=0-9,500-509,200-209,100-190 | 1000 | 0-9 500-509 100-209",
                "bytes=0-9,200-209,70-140 | 1000 | 0-209",
                // not satisfiable, wholly and in part
                "bytes=10- | 10 | ``",
                "bytes=10-20 | 10 | ``",
                "bytes=-0 | 10 | ``",
                "bytes=99999999999999999999999- | 10 | ``",
                "bytes=10-,0-1 | 10 | 0-1",
                "bytes=-0,11-,12- | 10 | ``",
            })
    void ranges(String line, long length, String ranges) {
        assertThat(text(RangeRequest.of(List.of(line)).resolve(length))).isEqualTo(ranges);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=--1",
                "bytes=1",
                "bytes=a-b",
                "bytes=1-x",
                "bytes=x-1",
                "bytes=1-0",
                "bytes=0-1,1-0",
                "bytes=0-1;2-3",
                "bytes=0 - 1",
                "bytes =0-1",
                "bytes: 0-1",
                "bytes 0-1",
                "bytes=0-1-2",
                "bytes=+0-1",
                "bytes=0x0-1",
                "bytes=\"0-1\"",
                "lines=0-1",
                "none=0-1",
                "0-1",
            })
    void whatIsNoneIsIgnored(String line) {
        assertThat(RangeRequest.of(List.of(line))).isNull();
    }

    @Test
    void aFieldHasOneLine() {
        assertThat(RangeRequest.of(List.of())).isNull();
        assertThat(RangeRequest.of(List.of("bytes=0-1", "bytes=2-3"))).isNull();
    }

    @Test
    void theWholeAnswersWhatLooksLikeAnAttack() {
        assertThat(RangeRequest.of(List.of("bytes=" + repeated("0-", 33)))).isNull();
        assertThat(RangeRequest.of(List.of("bytes=" + repeated("0-", 32))).resolve(1000))
                .isNull();
        assertThat(RangeRequest.of(List.of("bytes=0-,0-,0-")).resolve(1000)).containsExactly(new ByteRange(0, 999));
        assertThat(RangeRequest.of(List.of("bytes=0-,0-,0-,0-")).resolve(1000)).isNull();
        String scattered = IntStream.range(0, 32)
                .mapToObj(i -> (31 - i) * 1000 + "-" + ((31 - i) * 1000 + 1))
                .collect(Collectors.joining(","));
        assertThat(RangeRequest.of(List.of("bytes=" + scattered)).resolve(100_000))
                .hasSize(32);
    }

    @Test
    void nothingHasNoRanges() {
        assertThat(RangeRequest.of(List.of("bytes=0-")).resolve(0)).isNull();
        assertThat(RangeRequest.of(List.of("bytes=-5")).resolve(0)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "bytes=6-8 | bytes 4-9/10 | 6-8",
                "bytes=6- | bytes 4-9/10 | 6-9",
                "bytes=-1 | bytes 4-9/10 | 9-9",
                "bytes=-5 | bytes 4-9/10 | 5-9",
                "bytes=4-9 | bytes 4-9/10 | 4-9",
                "bytes=4-99 | bytes 4-9/10 | 4-9",
                "bytes=3-9 | bytes 4-9/10 | -",
                "bytes=0- | bytes 4-9/10 | -",
                "bytes=-7 | bytes 4-9/10 | -",
                "bytes=10- | bytes 4-9/10 | -",
                "bytes=4-4,9-9 | bytes 4-9/10 | 4-9",
                "bytes=4-4,0-0 | bytes 4-9/10 | -",
                "bytes=6-8 | bytes 4-9/* | 6-8",
                "bytes=6-99 | bytes 4-9/* | -",
                "bytes=6- | bytes 4-9/* | -",
                "bytes=-1 | bytes 4-9/* | -",
            })
    void partsAnswerWhatTheyHave(String line, String part, String ranges) {
        ContentRange stored = ContentRange.of(List.of(part));
        List<ByteRange> found = RangeRequest.of(List.of(line)).resolveWithin(stored.range(), stored.completeLength());
        assertThat(found == null ? null : text(found)).isEqualTo(ranges);
    }

    private static String repeated(String spec, int times) {
        return String.join(",", Collections.nCopies(times, spec));
    }

    private static String text(List<ByteRange> ranges) {
        return ranges.stream().map(range -> range.first() + "-" + range.last()).collect(Collectors.joining(" "));
    }
}
