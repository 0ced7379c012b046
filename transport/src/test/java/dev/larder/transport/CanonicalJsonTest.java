package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8785: its own examples, its numbers, and what is no JSON. */
final class CanonicalJsonTest {
    @Test
    void theExampleOfTheRfc() {
        // §3.2.2 and §3.2.3
        assertThat(canonical("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }"""))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void membersAreInTheOrderOfUtf16() {
        // §3.2.3
        assertThat(
                        canonical(
                                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @ParameterizedTest
    @CsvSource({
        // Appendix B, and the borders of ECMAScript's notations.
        "0,                       0",
        "-0,                      0",
        "-0.0,                    0",
        "5e-324,                  5e-324",
        "-5e-324,                 -5e-324",
        "1.7976931348623157e308,  1.7976931348623157e+308",
        "9007199254740992,        9007199254740992",
        "-9007199254740992,       -9007199254740992",
        "295147905179352830000.0, 295147905179352830000",
        "9.999999999999997e22,    9.999999999999997e+22",
        "1e23,                    1e+23",
        "1.0000000000000001e23,   1.0000000000000001e+23",
        "999999999999999700000.0, 999999999999999700000",
        "999999999999999900000.0, 999999999999999900000",
        "1e21,                    1e+21",
        "100000000000000000000.0, 100000000000000000000",
        "9.999999999999997e-7,    9.999999999999997e-7",
        "0.000001,                0.000001",
        "333333333.3333332,       333333333.3333332",
        "333333333.33333325,      333333333.33333325",
        "333333333.3333334,       333333333.3333334",
        "-0.0000033333333333333333, -0.0000033333333333333333",
        "1424953923781206.2,      1424953923781206.2",
        "2e-3,                    0.002",
        "2.0E-3,                  0.002",
        "1.0,                     1",
        "10e0,                    10",
        "0.1e1,                   1",
        "4.35,                    4.35",
        // Not as the RFC has it.
        "9007199254740993,        9007199254740993",
        "-12345678901234567890,   -12345678901234567890",
    })
    void numbers(String written, String expected) {
        assertThat(canonical(written)).isEqualTo(expected);
    }

    @Test
    void everyDoubleComesBack() {
        Random random = new Random(8785);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String form = canonical(Double.toString(value));
                assertThat(Double.parseDouble(form)).isEqualTo(value == 0 ? 0.0 : value);
                assertThat(form.replaceAll("[-.]|e.*", "")
                                .replaceAll("^0+|0+$", "")
                                .length())
                        .isLessThanOrEqualTo(17);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\n\"",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "0x1",
                "NaN",
                "Infinity",
                "tru",
                "nul",
                "truefalse",
                "1 2",
                "[1}",
                "1e400",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "\ufeff1",
                "{\"a\":1}x",
                "//",
                "\"\\u00\uff10\uff10\""
            })
    void isNoJson(String text) {
        assertThat(canonical(text)).isNull();
    }

    @Test
    void brokenUtf8AndDeepNestsAreNoJson() {
        assertThat(CanonicalJson.of(List.of(ByteBuffer.wrap(new byte[] {'"', (byte) 0xc3, '"'})), Set.of()))
                .isNull();
        assertThat(canonical("[".repeat(100_000))).isNull();
        assertThat(canonical("[".repeat(400) + "]".repeat(400))).hasSize(800);
        assertThat(canonical("[".repeat(600) + "]".repeat(600))).isNull();
    }

    @Test
    void ignoresWhatItIsTold() {
        String text =
                "{\"user\":\"u\",\"messages\":[{\"id\":1,\"text\":\"t\"},{\"id\":2}],\"meta\":{\"id\":3,\"user\":4}}";
        assertThat(canonical(text, "user", "messages.id", "meta.id", "nothing"))
                .isEqualTo("{\"messages\":[{\"text\":\"t\"},{}],\"meta\":{\"user\":4}}");
    }

    @Test
    void readsABodyInParts() {
        byte[] bytes = "{ \"\u20ac\" : [ ] }".getBytes(StandardCharsets.UTF_8);
        for (int split = 0; split <= bytes.length; split++) {
            List<ByteBuffer> parts =
                    List.of(ByteBuffer.wrap(bytes, 0, split), ByteBuffer.wrap(bytes, split, bytes.length - split));
            assertThat(CanonicalJson.of(parts, Set.of())).isEqualTo("{\"\u20ac\":[]}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String canonical(String text, String... ignored) {
        byte[] form =
                CanonicalJson.of(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))), Set.of(ignored));
        return form == null ? null : new String(form, StandardCharsets.UTF_8);
    }
}
