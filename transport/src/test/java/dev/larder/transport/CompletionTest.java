package dev.larder.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheKey;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §3.3: what is asked for beside a part that is kept, and what comes of it. */
final class CompletionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // kept, fields of the request, Range to send, what is passed on around the answer
                "0-4/10 01234 | - | bytes=5- | 01234+",
                "4-9/10 456789 | - | bytes=0-3 | +456789",
                "4-8/10 45678 | - | - | -",
                "0-4/* 01234 | - | - | -",
                "0-4/10 01234 | Range: bytes=0-4 | - | -",
                "0-4/10 01234 | Range: bytes=2-6 | bytes=5-6 | 234+",
                "0-4/10 01234 | Range: bytes=2- | bytes=5- | 234+",
                "0-4/* 01234 | Range: bytes=2-6 | bytes=5-6 | 234+",
                "0-4/* 01234 | Range: bytes=2- | - | -",
                "4-8/10 45678 | Range: bytes=2-6 | bytes=2-3 | +456",
                "4-8/10 45678 | Range: bytes=-5 | bytes=9- | 5678+",
                "4-8/10 45678 | Range: bytes=2-9 | - | -",
                "4-8/10 45678 | Range: bytes=0-3 | - | -",
                "0-4/10 01234 | Range: bytes=0-0,8-8 | bytes=5-8 | 01234+",
                "0-4/10 01234 | Range: bytes=10-12 | - | -",
                "0-4/10 01234 | Range: lines=2-6 | - | -",
                "0-4/10 01234 | Range: bytes=2-6;; If-Range: \"a\" | bytes=5-6 | 234+",
                "0-4/10 01234 | Range: bytes=2-6;; If-Range: \"b\" | - | -",
                "0-4/10 01234 | If-None-Match: \"b\" | - | -",
                "0-4/20 01234 | - | - | -",
            })
    void whatIsMissingIsAskedForIfItIsOneRange(String kept, String asked, String range, String around) {
        Completion completion = Completion.of(headers(asked), stored(206, kept, "\"a\""), 15);
        if (range == null) {
            assertThat(completion).isNull();
            return;
        }
        assertThat(completion.fields()).isEqualTo(Map.of("Range", range, "If-Range", "\"a\""));
        assertThat(text(completion.before()) + "+" + text(completion.behind())).isEqualTo(around);
    }

    @ParameterizedTest
    @CsvSource({"200, \"a\"", "206, W/\"a\""})
    void whatIsWholeOrHasNoStrongValidatorIsNotCompleted(int status, String tag) {
        assertThat(Completion.of(headers(null), stored(status, "0-4/10 01234", tag), 15))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Range: bytes 5-6/10;; ETag: \"a\" | true",
                "Content-Range: bytes 5-6/*;; ETag: \"a\" | true",
                "Content-Range: bytes 5-6/11;; ETag: \"a\" | false",
                "Content-Range: bytes 5-7/10;; ETag: \"a\" | false",
                "Content-Range: bytes 5-6/10;; ETag: \"b\" | false",
                "Content-Range: bytes 5-6/10 | false",
                "ETag: \"a\" | false",
            })
    void onlyWhatWasAskedForIsTheAnswer(String fields, boolean answers) {
        Completion completion = Completion.of(headers("Range: bytes=2-6"), stored(206, "0-4/10 01234", "\"a\""), 15);
        assertThat(completion.isAnsweredBy(headers(fields))).isEqualTo(answers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | 200 | Content-Length: 10;; X: 1",
                "Range: bytes=2-6 | 206 | Content-Length: 5;; Content-Range: bytes 2-6/10;; X: 1",
            })
    void theCallerIsToldOfTheWhole(String asked, int status, String fields) {
        Completion completion = Completion.of(headers(asked), stored(206, "0-4/10 01234", "\"a\""), 15);
        assertThat(completion.status()).isEqualTo(status);
        assertThat(completion.fieldsOfBoth(headers("X: 1;; Content-Range: old;; Content-Length: 5")))
                .isEqualTo(headers(fields).map());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // kept, newer part, limit, what is kept then
                "206 0-4/10 01234 | 5-9/10 56789 | 10 | 200 0123456789 -",
                "206 0-4/10 01234 | 5-9/10 56789 | 9 | 206 56789 bytes 5-9/10",
                "206 0-4/10 01234 | 6-9/10 6789 | 10 | 206 6789 bytes 6-9/10",
                "206 0-4/10 01234 | 4-6/10 456 | 10 | 206 0123456 bytes 0-6/10",
                "200 0-9/10 0123456789 | 4-6/10 456 | 10 | 200 0123456789 -",
                "404 0-9/10 0123456789 | 4-6/10 456 | 10 | 206 456 bytes 4-6/10",
                "206 0-4/10 01234 | 5-9/10 5678 | 10 | -",
                "- | 5-9/10 56789 | 10 | 206 56789 bytes 5-9/10",
            })
    void partsThatTouchAreKeptAsOne(String kept, String part, long limit, String result) {
        StoredResponse old =
                kept == null ? null : stored(Integer.parseInt(kept.substring(0, 3)), kept.substring(4), "\"a\"");
        StoredResponse both =
                Combination.of(new Policy(null, false, List.of()), stored(206, part, "\"a\""), old, 0, limit);
        assertThat(both == null ? null : description(both)).isEqualTo(result);
    }

    private static String description(StoredResponse response) {
        return response.head().status() + " " + new String(response.data(), ISO_8859_1) + " "
                + response.head().headers().firstValue("Content-Range").orElse("-");
    }

    private static StoredResponse stored(int status, String part, String tag) {
        int space = part.indexOf(' ');
        HttpHeaders fields =
                headers("ETag: " + tag + (status == 206 ? ";; Content-Range: bytes " + part.substring(0, space) : ""));
        return new StoredResponse(
                CacheKey.of(new byte[CacheKey.LENGTH]),
                new StoredResponse.Head(
                        status,
                        HttpClient.Version.HTTP_1_1,
                        new Fields(fields.map()),
                        new Freshness(0, false, 0, 0),
                        CacheControl.NONE,
                        List.of()),
                part.substring(space + 1).getBytes(ISO_8859_1),
                Long.MAX_VALUE,
                Set.of());
    }

    private static String text(List<ByteBuffer> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(ISO_8859_1.decode(piece)));
        return text.toString();
    }

    private static HttpHeaders headers(String fields) {
        Map<String, List<String>> map = new TreeMap<>();
        for (String field : fields == null ? new String[0] : fields.split(";; ", -1)) {
            int colon = field.indexOf(": ");
            map.put(field.substring(0, colon), List.of(field.substring(colon + 2)));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
