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
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pure part: what is decided, under which key, and in which form it is kept. */
final class DecisionsTest {
    private static final CacheRule RULE = CacheRule.get().ttl(Duration.ofMinutes(1));
    private static final Policy BY_RULE = new Policy(RULE, false, List.of());
    private static final Policy BY_HTTP = new Policy(null, false, List.of());
    private static final long NOW = Instant.parse("2026-01-01T00:00:00.123Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match | * | if-match",
                "If-Unmodified-Since | x | if-unmodified-since",
                "Cache-Control | max-age=1, No-Store | no-store",
            })
    void requestsThatTheOriginHasToSeeGoPast(String name, String value, String reason) {
        assertThat(bypass(request("http://a/", name, value), BY_RULE, 0, false)).isEqualTo(Bypass.requested(reason));
        assertThat(bypass(request("http://a/", name, value), BY_HTTP, 0, false)).isEqualTo(Bypass.requested(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match", "If-Modified-Since", "If-Range", "Range"})
    void conditionsOfAPostAreForTheOrigin(String name) {
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://a/"))
                .header(name, "x")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(bypass(post, BY_RULE, 0, false)).isEqualTo(Bypass.requested(name.toLowerCase(Locale.ROOT)));
        assertThat(bypass(request("http://a/", name, "x"), BY_RULE, 0, false)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"GET, false", "HEAD, false", "QUERY, false", "POST, true", "get, true", "DELETE, true"})
    void withoutARuleOnlySafeMethodsAreLookedUp(String method, boolean past) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://a/"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(bypass(request, BY_HTTP, 0, false)).isEqualTo(past ? Bypass.method() : null);
    }

    @Test
    void configurationSendsCallsPast() {
        HttpRequest request = request("http://a/");
        assertThat(bypass(request, BY_RULE, 0, false)).isNull();
        assertThat(bypass(request, BY_RULE, 10, false)).isNull();
        assertThat(bypass(request, BY_RULE, 11, false)).isEqualTo(Bypass.configured("request body over the limit"));
        assertThat(bypass(request, BY_RULE, -1, false)).isEqualTo(Bypass.configured("request body of unknown length"));
        assertThat(bypass(request, BY_RULE, 0, true)).isEqualTo(Bypass.configured("credentials of an authenticator"));
        assertThat(bypass(request, new Policy(RULE.sharedAcrossCredentials(), false, List.of()), 0, true))
                .isNull();
    }

    private static Bypass bypass(HttpRequest request, Policy policy, long length, boolean authenticated) {
        return Decisions.bypass(
                request,
                policy,
                CacheControl.ofRequest(request.headers()),
                Decisions.isConditional(request),
                length,
                10,
                authenticated);
    }

    @ParameterizedTest
    @CsvSource({"200,", "201,", "299,", "206, status 206", "304, status 304", "301, status 301", "500, status 500"})
    void everyStatusOf2xxIsKeptUnlessItIsAPart(int status, String refusal) {
        assertThat(refusal(status, headers(), RULE)).isEqualTo(refusal);
    }

    @Test
    void aRuleNamesTheStatusesItKeeps() {
        CacheRule rule = RULE.statuses(404, 410);
        assertThat(refusal(404, headers(), rule)).isNull();
        assertThat(refusal(200, headers(), rule)).isEqualTo("status 200");
    }

    @Test
    void responsesThatCannotAnswerAgainAreRefused() {
        assertThat(refusal(200, headers("Vary", "accept, *"), RULE)).isEqualTo("vary: *");
        assertThat(refusal(200, headers("Content-Range", "bytes 0-1/2"), RULE)).isEqualTo("content-range");
        assertThat(refusal(200, headers("Content-Length", "11"), RULE)).isEqualTo("larger than the entry limit");
        assertThat(refusal(200, headers("Content-Length", "10"), RULE)).isNull();
        assertThat(refusal(200, headers("Content-Length", "many"), RULE)).isNull();
    }

    private static String refusal(int status, HttpHeaders headers, CacheRule rule) {
        Ask ask = ask(request("http://a/"), new Policy(rule, false, List.of()));
        return Decisions.refusal(ask, status, headers, CacheControl.NONE, 10);
    }

    @ParameterizedTest
    @CsvSource({"0, FRESH", "59, FRESH", "60, MUST_REVALIDATE", "61, MUST_REVALIDATE", "-10, FRESH"})
    void anAnswerIsFreshUntilTheRulesTimeIsOver(long seconds, Reuse reuse) {
        Ask ask = ask(request("http://a/"), BY_RULE);
        StoredResponse stored = stored(headers(), ask);
        assertThat(Decisions.reuse(ask, stored, NOW + seconds * 1000)).isEqualTo(reuse);
    }

    @Test
    void timesBeyondAllCalendarsEndWithTheCalendar() {
        Policy forever = new Policy(CacheRule.get().ttl(Duration.ofSeconds(Long.MAX_VALUE)), false, List.of());
        Ask ask = ask(request("http://a/"), forever);
        StoredResponse stored = stored(headers(), ask);
        assertThat(stored.deleteAtMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(stored.toEntry().deleteAt()).isEqualTo(Instant.MAX);
        assertThat(Decisions.reuse(ask, stored, NOW)).isEqualTo(Reuse.FRESH);
    }

    @Test
    void aVariantAnswersOnlyRequestsThatAgreeWithItsOwn() {
        Ask sweet = ask(request("http://a/", "X-Flavour", "sweet"), BY_RULE);
        StoredResponse stored = stored(headers("Vary", "X-Flavour, Accept"), sweet);
        assertThat(stored.head().varyNames()).containsExactly("x-flavour");
        assertThat(stored.answers(sweet)).isTrue();
        assertThat(stored.answers(ask(request("http://a/", "x-flavour", " sweet"), BY_RULE)))
                .isTrue();
        assertThat(stored.answers(ask(request("http://a/", "X-Flavour", "sour"), BY_RULE)))
                .isFalse();
        assertThat(stored.answers(ask(request("http://a/"), BY_RULE))).isFalse();
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
        CacheKey whole = KeyHasher.keyOf(request, BY_RULE, List.of(), List.of(bytes("abc")));
        assertThat(KeyHasher.keyOf(request, BY_RULE, List.of(), List.of(bytes("a"), bytes("bc"))))
                .isEqualTo(whole);
        assertThat(KeyHasher.keyOf(request, BY_RULE, List.of("session=a"), List.of(bytes("abc"))))
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
        Ask ask = ask(request("http://a/", "X-B", "b"), BY_HTTP);
        StoredResponse stored = stored(
                headers(
                        "X-A", "1",
                        "X-U", "ä",
                        "Vary", "X-B",
                        "Age", "7",
                        "Cache-Control", "max-age=60, stale-if-error=9, immutable"),
                ask);
        Stored back = StoredCodec.decode(stored.key(), stored.toEntry());
        assertThat(back).isInstanceOf(StoredResponse.class);
        StoredResponse response = (StoredResponse) back;
        assertThat(response.head().fields()).isEqualTo(stored.head().fields());
        assertThat(response.head().freshness()).isEqualTo(stored.head().freshness());
        assertThat(response.head().freshness()).isEqualTo(new Freshness(60_000, false, 7_000, NOW));
        assertThat(response.head().directives())
                .hasToString(stored.head().directives().toString());
        assertThat(response.head().varyNames()).containsExactly("x-b");
        assertThat(response.data()).isEqualTo(stored.data());
        assertThat(response.deleteAtMillis()).isEqualTo(stored.deleteAtMillis());
        assertThat(response.tags()).isEqualTo(stored.tags()).hasSize(1).allMatch(tag -> tag.startsWith("uri:"));
        assertThat(StoredCodec.decode(CacheKey.sha256(new byte[0]), stored.toEntry()))
                .isNull();
    }

    @Test
    void theKeptFormOfAnIndexReturnsWhatWasKept() {
        CacheKey key = CacheKey.sha256(new byte[0]);
        Ask ask = ask(request("http://a/"), BY_RULE);
        StoredResponse one = stored(headers("Vary", "X-B, X-A", "ETag", "\"1\""), ask);
        StoredResponse other = stored(headers("Vary", "X-C"), ask);
        VaryIndex index = VaryIndex.with(VaryIndex.with(null, key, one), key, other);
        assertThat(index.selections()).containsExactly(List.of("x-c"), List.of("x-a", "x-b"));
        assertThat(index.variants().list()).containsExactly(new Variants.Variant(one.key(), "\"1\""));
        assertThat(VaryIndex.with(index, key, one)).isSameAs(index);
        assertThat(StoredCodec.decode(key, index.toEntry(Instant.EPOCH, Instant.MAX, Set.of())))
                .isEqualTo(index);
    }

    @Test
    void noDamagedFormIsTakenForAResponse() {
        StoredResponse stored = stored(headers("X-A", "1", "Vary", "X-B"), ask(request("http://a/"), BY_RULE));
        byte[] metadata = stored.toEntry().metadata();
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged =
                    random.nextBoolean() ? Arrays.copyOf(metadata, random.nextInt(metadata.length)) : metadata.clone();
            for (int n = random.nextInt(3); n >= 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (!Arrays.equals(damaged, metadata)) {
                assertThat(StoredCodec.decode(stored.key(), entry(damaged, stored.data())))
                        .isNull();
            }
        }
        byte[] otherData = stored.data().clone();
        otherData[0]++;
        assertThat(StoredCodec.decode(stored.key(), entry(metadata, otherData))).isNull();
    }

    private static CacheEntry entry(byte[] metadata, byte[] data) {
        return CacheEntry.newBuilder()
                .metadata(metadata)
                .data(data)
                .storedAt(Instant.ofEpochMilli(NOW))
                .build();
    }

    private static StoredResponse stored(HttpHeaders headers, Ask ask) {
        Policy policy = ask.policy();
        StoredResponse.Head head = Decisions.head(
                policy, 200, HttpClient.Version.HTTP_2, headers, policy.directivesOf(200, headers), NOW, NOW);
        List<String> names = head.varyNames();
        return new StoredResponse(
                names.isEmpty() ? ask.key() : KeyHasher.variantOf(ask.key(), ask.request(), names),
                head,
                "data".getBytes(StandardCharsets.UTF_8),
                Decisions.deleteAtMillis(policy, head),
                policy.tags(ask, headers));
    }

    private static Ask ask(HttpRequest request, Policy policy) {
        return new Ask(
                request,
                RequestBody.read(request).join(),
                request.timeout(),
                CacheControl.ofRequest(request.headers()),
                Decisions.isConditional(request),
                policy,
                KeyHasher.keyOf(request, policy, List.of(), List.of()),
                List.of());
    }

    private static CacheKey key(HttpRequest request, String body) {
        return KeyHasher.keyOf(request, BY_RULE, List.of(), List.of(bytes(body)));
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
