package dev.larder.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9110 §14.6: several ranges in one body. */
final class MultipartRangesTest {
    private static final byte[] DATA = "0123456789".getBytes(ISO_8859_1);
    private static final List<ByteRange> RANGES = List.of(new ByteRange(7, 9), new ByteRange(0, 0));

    @Test
    void eachPartSaysWhatItIs() {
        assertThat(body("text/plain"))
                .isEqualTo("--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 7-9/10\r\n\r\n789"
                        + "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-0/10\r\n\r\n0"
                        + "\r\n--B--\r\n");
        assertThat(MultipartRanges.contentType("B")).isEqualTo("multipart/byteranges; boundary=B");
    }

    @Test
    void withoutATypeOrWithABrokenOnePartsHaveNone() {
        String bare = "--B\r\nContent-Range: bytes 7-9/10\r\n\r\n789"
                + "\r\n--B\r\nContent-Range: bytes 0-0/10\r\n\r\n0\r\n--B--\r\n";
        assertThat(body(null)).isEqualTo(bare);
        assertThat(body("text/plain\r\nX: y")).isEqualTo(bare);
        assertThat(body("text/plain\n")).isEqualTo(bare);
    }

    private static String body(String contentType) {
        StringBuilder text = new StringBuilder();
        for (ByteBuffer piece : MultipartRanges.body(DATA, RANGES, contentType, "B")) {
            assertThat(piece.isReadOnly()).isTrue();
            text.append(ISO_8859_1.decode(piece));
        }
        return text.toString();
    }
}
