package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever stands in a header: no parser throws or loops, and what it has read and writes again reads the same.
 *
 * <p>{@code -Dlarder.fuzz.rounds=N} makes it longer; the seed is in the name of the test.
 */
@Timeout(600)
final class ParserFuzzTest {
    private static final int ROUNDS = Integer.getInteger("larder.fuzz.rounds", 5_000);
    private static final URI TARGET = URI.create("http://a/b/c?d");
    private static final long NOW = 784_111_777L;

    private static final String[] VALUES = {
        "max-age=3600, s-maxage=\"60\", no-cache=\"a, b\", private=x, max-stale, min-fresh=1, must-revalidate",
        "public, immutable, stale-while-revalidate=5, stale-if-error=99999999999, no-store, ext=\"a\\\"b, no-store\"",
        "a=1.5, b=:YWJj:, c=(1 \"x\" tok;p=1), d=\"\\\\\", e=*t/x:y, f=-7, *g, h=?0, max-age=5;q=1",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "7200, 0",
        "W/\"a\", \"b,c\", *",
        "\"abcdef\"",
        "bytes=0-499, -500, 9500-, 7-3",
        "bytes 42-1233/1234",
        "bytes */1234",
        "text/html;level=1;q=0.50, */*;q=0.8, application/ld+json;profile=\"a,;b\"",
        "en, de;q=1.000, fr;q=0",
        "http://A:80/b/%7e/../c?d#e",
        "//u:p@b:443/./x/../../y;z",
        "../../%2e%2E/?q",
    };
    private static final String[] PIECES = {
        "",
        ",",
        ";",
        "=",
        "\"",
        "\\",
        " ",
        "\t",
        "-",
        "/",
        "*",
        "(",
        ")",
        ":",
        "?",
        "%",
        "..",
        "0",
        "9",
        "99999999999",
        "q=",
        "W/",
        "bytes",
        "max-age",
        "no-cache",
        "GMT",
        "\u00e4",
        "\u0000",
        "\u007f",
        "\u212a",
        "\ud83d",
        "\r\n"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingInAHeaderHurts(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> lines = lines(random);
            try {
                parseAll(lines);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("round " + round + ": " + lines + ": " + e, e);
            }
        }
    }

    private static void parseAll(List<String> lines) {
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "Date", lines,
                        "Age", lines,
                        "Expires", lines,
                        "Last-Modified", lines,
                        "ETag", lines,
                        "Cache-Control", lines,
                        "Connection", lines,
                        "Location", lines,
                        "If-None-Match", lines,
                        "If-Range", lines),
                (name, value) -> true);

        CacheControl directives = CacheControl.parse(lines);
        assertThat(CacheControl.parse(List.of(directives.toString()))).hasToString(directives.toString());
        CacheControl targeted = TargetedCacheControl.parse(lines);
        assertThat(targeted == null || targeted.targeted()).isTrue();

        Freshness freshness = Freshness.of(200, headers, directives, false, NOW * 1000 - 5, NOW * 1000);
        assertThat(freshness.lifetimeMillis()).isNotNegative();
        assertThat(freshness.ageMillis(NOW * 1000)).isNotNegative();
        assertThat(Reuse.of(directives, directives, freshness, NOW * 1000, true))
                .isNotNull();
        Reuse.mayServeOnError(directives, directives, freshness, NOW * 1000, true, true);
        Storability.refusal("POST", TARGET, directives, true, 200, headers, directives, true);

        StoredFields.updated(
                StoredFields.of(headers, directives, true, true, NOW), headers, directives, true, true, NOW);
        Validation.confirmed(headers, List.of(headers, headers));
        Preconditions.evaluate("GET", headers, 200, headers, NOW * 1000);
        Preconditions.isRangeWanted(headers, headers, NOW * 1000);
        assertThat(Invalidation.of("POST", TARGET, 200, headers)).contains(TARGET);

        for (String name : List.of("accept", "accept-language", "other")) {
            assertThat(VaryKey.normalized(name, lines)).isNotNull();
        }
        VaryKey.names(lines);

        RangeRequest request = RangeRequest.of(lines);
        List<ByteRange> ranges = request == null ? null : request.resolve(1000);
        if (ranges != null) {
            for (ByteRange range : ranges) {
                assertThat(range.first()).isBetween(0L, range.last());
                assertThat(range.last()).isLessThan(1000);
            }
        }
        ContentRange part = ContentRange.of(lines);
        if (part != null) {
            assertThat(ContentRange.of(List.of(part.toString()))).isEqualTo(part);
        }
        lines.forEach(ParserFuzzTest::parseOne);
    }

    private static void parseOne(String line) {
        long date = HttpDate.parse(line, NOW);
        if (date != HttpDate.INVALID) {
            assertThat(HttpDate.parse(HttpDate.format(date), NOW)).isEqualTo(date);
        }
        EntityTag tag = EntityTag.parse(line);
        if (tag != null) {
            assertThat(EntityTag.parse(tag.toString())).isEqualTo(tag);
            assertThat(tag.isListed(List.of(line))).isTrue();
        }
        URI uri = TargetUri.resolve(TARGET, line);
        if (uri != null) {
            assertThat(TargetUri.normalize(uri)).isEqualTo(uri);
        }
    }

    private static List<String> lines(Random random) {
        int count = random.nextInt(8) == 0 ? 1 + random.nextInt(4) : 1;
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(random.nextInt(4) == 0 ? noise(random) : mutant(random));
        }
        return lines;
    }

    private static String mutant(Random random) {
        StringBuilder text = new StringBuilder(VALUES[random.nextInt(VALUES.length)]);
        for (int i = random.nextInt(6); i > 0; i--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(4));
            switch (random.nextInt(3)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, PIECES[random.nextInt(PIECES.length)]);
                default -> text.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    private static String noise(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(
                    random.nextBoolean()
                            ? PIECES[random.nextInt(PIECES.length)]
                            : String.valueOf((char) random.nextInt(random.nextInt(8) == 0 ? 0x10000 : 0x100)));
        }
        return text.toString();
    }
}
