package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pure part: what is decided, under which key, and in which form it is kept. */
final class DecisionsTest {
    private static final CacheRule RULE = CacheRule.get().ttl(Duration.ofMinutes(1));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match | * | if-match",
                "If-None-Match | \"a\" | if-none-match",
                "If-Modified-Since | Thu, 01 Jan 2026 00:00:00 GMT | if-modified-since",
                "If-Unmodified-Since | x | if-unmodified-since",
                "If-Range | \"a\" | if-range",
                "Range | bytes=0- | range",
                "Cache-Control | max-age=1, No-Store | no-store",
                "cache-control | NO-CACHE | no-cache",
            })
    void requestsThatNameConditionsGoPast(String name, String value, String reason) {
        Bypass bypass = Decisions.bypass(request("http://a/", name, value), RULE, 0, 10, false);
        assertThat(bypass).isEqualTo(Bypass.requested(reason));
    }

    @Test
    void configurationSendsCallsPast() {
        HttpRequest request = request("http://a/");
        assertThat(Decisions.bypass(request, RULE, 0, 10, false)).isNull();
        assertThat(Decisions.bypass(request, RULE, 10, 10, false)).isNull();
        assertThat(Decisions.bypass(request, null, 0, 10, false)).isEqualTo(Bypass.configured("no rule"));
        assertThat(Decisions.bypass(request, RULE, 11, 10, false))
                .isEqualTo(Bypass.configured("request body over the limit"));
        assertThat(Decisions.bypass(request, RULE, -1, 10, false))
                .isEqualTo(Bypass.configured("request body of unknown length"));
        assertThat(Decisions.bypass(request, RULE, 0, 10, true))
                .isEqualTo(Bypass.configured("credentials of an authenticator"));
        assertThat(Decisions.bypass(request, RULE.sharedAcrossCredentials(), 0, 10, true))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"200,", "201,", "299,", "206, status 206", "304, status 304", "301, status 301", "500, status 500"})
    void everyStatusOf2xxIsKeptUnlessItIsAPart(int status, String refusal) {
        assertThat(Decisions.refusal(status, headers(), RULE, 10)).isEqualTo(refusal);
    }

    @Test
    void aRuleNamesTheStatusesItKeeps() {
        CacheRule rule = RULE.statuses(404, 410);
        assertThat(Decisions.refusal(404, headers(), rule, 10)).isNull();
        assertThat(Decisions.refusal(200, headers(), rule, 10)).isEqualTo("status 200");
    }

    @Test
    void responsesThatCannotAnswerAgainAreRefused() {
        assertThat(Decisions.refusal(200, headers("Vary", "accept, *"), RULE, 10))
                .isEqualTo("vary: *");
        assertThat(Decisions.refusal(200, headers("Content-Range", "bytes 0-1/2"), RULE, 10))
                .isEqualTo("content-range");
        assertThat(Decisions.refusal(200, headers("Content-Length", "11"), RULE, 10))
                .isEqualTo("larger than the entry limit");
        assertThat(Decisions.refusal(200, headers("Content-Length", "10"), RULE, 10))
                .isNull();
        assertThat(Decisions.refusal(200, headers("Content-Length", "many"), RULE, 10))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 60", "59, 1", "60, 0", "61, -1", "-10, 70"})
    void anAnswerIsFreshUntilTheRulesTimeIsOver(long seconds, long left) {
        StoredResponse stored = stored(headers(), request("http://a/"));
        assertThat(Decisions.freshFor(stored, request("http://a/"), RULE, NOW.plusSeconds(seconds)))
                .isEqualTo(Duration.ofSeconds(left));
    }

    @Test
    void timesBeyondAllCalendarsEndWithTheCalendar() {
        CacheRule forever = CacheRule.get().ttl(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(Decisions.deleteAt(NOW, forever)).isEqualTo(Instant.MAX);
        StoredResponse stored = stored(headers(), request("http://a/"));
        assertThat(Decisions.freshFor(stored, request("http://a/"), forever, NOW))
                .isPositive();
    }

    @Test
    void aVariantAnswersOnlyRequestsThatAgreeWithItsOwn() {
        HttpRequest sweet = request("http://a/", "X-Flavour", "sweet");
        StoredResponse stored = stored(headers("Vary", "X-Flavour, Accept"), sweet);
        assertThat(stored.head().varyNames()).containsExactly("x-flavour");
        assertThat(Decisions.freshFor(stored, sweet, RULE, NOW)).isPositive();
        assertThat(Decisions.freshFor(stored, request("http://a/", "x-flavour", "sweet"), RULE, NOW))
                .isPositive();
        assertThat(Decisions.freshFor(stored, request("http://a/", "X-Flavour", "sour"), RULE, NOW))
                .isZero();
        assertThat(Decisions.freshFor(stored, request("http://a/"), RULE, NOW)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "-5, 0", "x, 0", "99999999999999999999, 0", "99999999999, 2147483647"})
    void theAgeOnArrivalIsReadWithCare(String age, long seconds) {
        assertThat(stored(headers("Age", age), request("http://a/")).head().ageAtReceipt())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a/|http://b/",
                "http://a/|http://a:81/",
                "http://a/|https://a/",
                "http://a/x|http://a/y",
                "http://a/?x|http://a/",
                "http://a/?|http://a/",
                "http://a/x?y|http://a/xy",
                "http://a/%2F|http://a//",
            })
    void differentUrisHaveDifferentKeys(String pair) {
        String[] uris = pair.split("\\|", 2);
        assertThat(key(request(uris[0]), "")).isNotEqualTo(key(request(uris[1]), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://a|http://a/", "http://a:80/|http://A/", "HTTP://a/|http://a/", "http://a/x#y|http://a/x"
            })
    void equivalentUrisHaveOneKey(String pair) {
        String[] uris = pair.split("\\|", 2);
        assertThat(key(request(uris[0]), "")).isEqualTo(key(request(uris[1]), ""));
    }

    @Test
    void partsOfAKeyCannotBeShiftedIntoEachOther() {
        assertThat(key(request("http://a/", "X-Key", "ab", "X-Token", "c"), ""))
                .isNotEqualTo(key(request("http://a/", "X-Key", "a", "X-Token", "bc"), ""));
        assertThat(key(request("http://a/", "X-Key", "a", "X-Key", "b"), ""))
                .isNotEqualTo(key(request("http://a/", "X-Key", "ab"), ""));
        assertThat(key(request("http://a/x"), "y")).isNotEqualTo(key(request("http://a/xy"), ""));
        // What a header adds, written into a body.
        String forged = "h\0\0\0\tx-api-key=\0\0\0\1kb";
        assertThat(key(request("http://a/", "X-Api-Key", "k"), "b")).isNotEqualTo(key(request("http://a/"), forged));
    }

    @Test
    void theBodyCountsHoweverItIsCut() {
        HttpRequest request = request("http://a/");
        CacheKey whole = KeyHasher.keyOf(request, RULE, List.of(), List.of(bytes("abc")));
        assertThat(KeyHasher.keyOf(request, RULE, List.of(), List.of(bytes("a"), bytes("bc"))))
                .isEqualTo(whole);
        assertThat(KeyHasher.keyOf(request, RULE, List.of("session=a"), List.of(bytes("abc"))))
                .isNotEqualTo(whole);
    }

    @Test
    void noTwoCredentialsShareAKey() {
        Random random = new Random(1);
        List<String> names = List.of("Authorization", "Cookie", "X-Api-Key", "X-Session-Id", "Cf-Access-Jwt-Assertion");
        for (int i = 0; i < 1000; i++) {
            String name = names.get(random.nextInt(names.size()));
            String one = Long.toString(random.nextLong(), 36);
            String other = Long.toString(random.nextLong(), 36);
            assertThat(key(request("http://a/", name, one), "b"))
                    .isNotEqualTo(key(request("http://a/", name, other), "b"))
                    .isNotEqualTo(key(request("http://a/"), "b"));
        }
    }

    @Test
    void theKeptFormReturnsWhatWasKept() {
        StoredResponse stored =
                stored(headers("X-A", "1", "X-Ü", "ä", "Vary", "X-B"), request("http://a/", "X-B", "b"));
        StoredResponse back = StoredResponseCodec.decode(stored.key(), stored.toEntry());
        assertThat(back).isNotNull();
        assertThat(back.head()).isEqualTo(stored.head());
        assertThat(back.data()).isEqualTo(stored.data());
        assertThat(back.deleteAt()).isEqualTo(stored.deleteAt());
        assertThat(StoredResponseCodec.decode(CacheKey.sha256(new byte[0]), stored.toEntry()))
                .isNull();
    }

    @Test
    void noDamagedFormIsTakenForAResponse() {
        StoredResponse stored = stored(headers("X-A", "1", "Vary", "X-B"), request("http://a/"));
        byte[] metadata = stored.toEntry().metadata();
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged =
                    random.nextBoolean() ? Arrays.copyOf(metadata, random.nextInt(metadata.length)) : metadata.clone();
            for (int n = random.nextInt(3); n >= 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (!Arrays.equals(damaged, metadata)) {
                assertThat(StoredResponseCodec.decode(stored.key(), entry(damaged, stored.data())))
                        .isNull();
            }
        }
        byte[] otherData = stored.data().clone();
        otherData[0]++;
        assertThat(StoredResponseCodec.decode(stored.key(), entry(metadata, otherData)))
                .isNull();
    }

    private static CacheEntry entry(byte[] metadata, byte[] data) {
        return CacheEntry.newBuilder()
                .metadata(metadata)
                .data(data)
                .storedAt(NOW)
                .build();
    }

    private static StoredResponse stored(HttpHeaders headers, HttpRequest request) {
        CacheKey key = key(request, "");
        StoredResponse.Head head = Decisions.head(key, request, RULE, 200, HttpClient.Version.HTTP_2, headers, NOW);
        return new StoredResponse(key, head, "data".getBytes(StandardCharsets.UTF_8), NOW.plus(Duration.ofDays(1)));
    }

    private static CacheKey key(HttpRequest request, String body) {
        return KeyHasher.keyOf(request, RULE, List.of(), List.of(bytes(body)));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRequest request(String uri, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(uri));
        return (headers.length == 0 ? builder : builder.headers(headers)).build();
    }

    private static HttpHeaders headers(String... fields) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put(fields[i], List.of(fields[i + 1]));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
