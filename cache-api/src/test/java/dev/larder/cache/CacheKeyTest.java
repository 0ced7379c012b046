package dev.larder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] counting() {
        byte[] bytes = new byte[CacheKey.LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 9);
        }
        return bytes;
    }

    @Test
    void aKeyHasTheBytesItWasMadeOf() {
        assertThat(CacheKey.of(counting()).bytes()).isEqualTo(counting());
    }

    @Test
    void aKeySharesNoArray() {
        byte[] bytes = counting();
        CacheKey key = CacheKey.of(bytes);
        bytes[0]++;
        key.bytes()[1]++;
        assertThat(key.bytes()).isEqualTo(counting());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void anotherLengthIsRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.of(new byte[length]))
                .withMessage("a cache key has 32 bytes, not " + length);
    }

    // FIPS 180-2, appendix B, and the empty message.
    @ParameterizedTest
    @CsvSource({
        "'',e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
                + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    })
    void onePartIsDigestedPlainly(String part, String digest) {
        assertThat(CacheKey.sha256(bytes(part))).hasToString(digest);
    }

    @Test
    void severalPartsAreDigestedWithTheirLengths() {
        byte[] framed = ByteBuffer.allocate(19)
                .putLong(2)
                .put(bytes("ab"))
                .putLong(1)
                .put(bytes("c"))
                .array();
        assertThat(CacheKey.sha256(bytes("ab"), bytes("c"))).isEqualTo(CacheKey.sha256(framed));
    }

    @Test
    void partsAreToldApart() {
        CacheKey key = CacheKey.sha256(bytes("ab"), bytes("c"));
        assertThat(key)
                .isNotEqualTo(CacheKey.sha256(bytes("a"), bytes("bc")))
                .isNotEqualTo(CacheKey.sha256(bytes("abc")))
                .isNotEqualTo(CacheKey.sha256(bytes("ab"), bytes("c"), bytes("")))
                .isNotEqualTo(CacheKey.sha256(bytes(""), bytes("ab"), bytes("c")))
                .isNotEqualTo(CacheKey.sha256(bytes("c"), bytes("ab")))
                .isEqualTo(CacheKey.sha256(bytes("ab"), bytes("c")));
    }

    @Test
    void noPartIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.sha256())
                .withMessageContaining("at least one part");
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> CacheKey.of(null));
        assertThatNullPointerException().isThrownBy(() -> CacheKey.sha256(bytes("a"), null));
        assertThatNullPointerException().isThrownBy(() -> CacheKey.parse(null));
    }

    @Test
    void whatIsWrittenIsReadInEitherCase() {
        CacheKey key = CacheKey.of(counting());
        String hex = HexFormat.of().formatHex(counting());
        assertThat(key).hasToString(hex);
        assertThat(CacheKey.parse(hex)).isEqualTo(key);
        assertThat(CacheKey.parse(HexFormat.of().withUpperCase().formatHex(counting())))
                .isEqualTo(key);
    }

    @Test
    void whatIsNoKeyIsNotRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.parse("abc"))
                .withMessage("a cache key is written with 64 hexadecimal digits, not 3");
        String notHex = "g".repeat(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheKey.parse(notHex))
                .withMessageContaining(notHex);
        assertThatIllegalArgumentException().isThrownBy(() -> CacheKey.parse("\u0661".repeat(64)));
    }

    @Test
    void everyByteCounts() {
        CacheKey key = CacheKey.of(counting());
        for (int i = 0; i < CacheKey.LENGTH; i++) {
            byte[] other = counting();
            other[i] ^= 1;
            assertThat(CacheKey.of(other)).isNotEqualTo(key);
            assertThat(key.matches(other)).isFalse();
        }
        assertThat(key).isEqualTo(CacheKey.of(counting())).hasSameHashCodeAs(CacheKey.of(counting()));
        assertThat(key).isNotEqualTo("key");
        assertThat(key.matches(counting())).isTrue();
        assertThat(key.matches(new byte[31])).isFalse();
        assertThat(key.matches(new byte[0])).isFalse();
        byte[] within = new byte[CacheKey.LENGTH + 7];
        System.arraycopy(counting(), 0, within, 5, CacheKey.LENGTH);
        assertThat(key.matches(within, 5)).isTrue();
        assertThat(key.matches(within, 6)).isFalse();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> key.matches(within, 8));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> key.matches(within, -1));
    }

    @Test
    void thePrefixIsTheFirstEightBytes() {
        assertThat(CacheKey.of(counting()).prefix())
                .isEqualTo(ByteBuffer.wrap(counting()).getLong());
    }
}
