package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which calls are answered from the cache, and for how long, where HTTP forbids that, leaves it open, or is not to
 * be trusted.
 *
 * <p>Immutable: each method returns another rule. The first rule of a client that covers a request decides; what no
 * rule covers, HTTP decides (RFC 9111). A rule is complete with one of these:
 *
 * <ul>
 *   <li>{@link #ttl(Duration)}: answers are kept for that long, whatever their headers say;
 *   <li>{@link #defaultTtl}: HTTP decides, and where a response leaves it open, it is fresh for that long;
 *   <li>{@link #byHttp}: HTTP decides, and the rule adds to it what else it says;
 *   <li>{@link #forbid}: nothing is looked up, and nothing kept.
 * </ul>
 *
 * <p>Under a {@code ttl} two calls get the same answer if they agree in method, URI (without fragment), request body,
 * the headers by which a representation is chosen (Accept, Accept-Encoding, Accept-Language, Content-Type,
 * Content-Encoding), the {@linkplain #keyHeaders headers named here}, and the credentials: Authorization, cookies, and
 * every header whose name looks like an API key, token, secret or session. Where HTTP decides, they get the same answer
 * as far as the response's Vary, the headers named here and the credentials agree.
 */
public final class CacheRule {
    private static final Set<String> ALL_THAT_ASK = Set.of("GET", "HEAD", "QUERY", "POST");

    private final RuleTerms terms;
    private final long ttlMillis;
    private final CacheControl staleWindows;
    private final RuleTags tags;

    private CacheRule(RuleTerms terms) {
        this.terms = terms;
        ttlMillis = terms.ttl == null ? 0 : millis(terms.ttl);
        staleWindows =
                CacheControl.NONE.withStaleWindows(seconds(terms.staleWhileRevalidate), seconds(terms.staleIfError));
        tags = new RuleTags(terms.name, terms.tags, terms.requestTags, terms.tagHeaders);
    }

    private CacheRule with(Consumer<RuleTerms> change) {
        RuleTerms copy = terms.copy();
        change.accept(copy);
        return new CacheRule(copy);
    }

    // Which requests

    /** Returns a rule for every GET, yet without what makes it complete. */
    public static CacheRule get() {
        return methods("GET");
    }

    /** Returns a rule for every POST, yet without what makes it complete. */
    public static CacheRule post() {
        return methods("POST");
    }

    /** Returns a rule for every GET, HEAD, QUERY and POST, yet without what makes it complete. */
    public static CacheRule any() {
        return new CacheRule(new RuleTerms());
    }

    /**
     * Returns a rule for every request with one of {@code methods}, yet without what makes it complete.
     *
     * @throws IllegalArgumentException if there is none, or one is no token (RFC 9110 §9.1)
     */
    public static CacheRule methods(String... methods) {
        for (String method : methods) {
            if (!FieldList.isToken(method)) {
                throw new IllegalArgumentException("a method is a token such as GET, not '" + method + "'");
            }
        }
        return any().with(terms -> terms.methods = Set.of(atLeastOne("method", "GET", methods)));
    }

    /**
     * Narrows the rule to these hosts: a name, an address, {@code *.example.com} for every subdomain of a name but not
     * the name itself; each with a port behind a colon if only that is meant.
     *
     * @throws IllegalArgumentException if there is none, or one is no host
     */
    public CacheRule host(String... hosts) {
        List<HostPattern> patterns = parsed(atLeastOne("host", "api.example.com", hosts), HostPattern::parse);
        return with(terms -> terms.hosts = patterns);
    }

    /**
     * Narrows the rule to these paths: {@code *} stands for any characters within a segment, {@code **} for any
     * characters; {@code /v1/**} means {@code /v1} too. Else a pattern is written like the path of a URI, escapes
     * included. The query has no part in it.
     *
     * @throws IllegalArgumentException if there is none, or one is no path
     */
    public CacheRule path(String... patterns) {
        List<PathPattern> parsed = parsed(atLeastOne("path", "/v1/models/**", patterns), PathPattern::parse);
        return with(terms -> terms.paths = parsed);
    }

    /**
     * Narrows the rule to requests with one of these media types, such as {@code application/json} or {@code text/*},
     * in their Content-Type, whatever its parameters.
     *
     * @throws IllegalArgumentException if there is none, or one is no media type
     */
    public CacheRule requestType(String... mediaTypes) {
        List<MediaRange> ranges = parsed(atLeastOne("media type", "application/json", mediaTypes), MediaRange::parse);
        return with(terms -> terms.requestTypes = ranges);
    }

    /** Narrows the rule to requests for which {@code condition} holds too. */
    public CacheRule when(Predicate<HttpRequest> condition) {
        Objects.requireNonNull(condition, "condition");
        return with(terms -> terms.condition = terms.condition.and(condition));
    }

    // For how long

    /**
     * Sets how long an answer is served after it was received, whatever its headers say. Answers kept already are
     * judged by the rule as it is when they are asked for, but never served longer than the rule said when they were
     * kept.
     *
     * @throws IllegalArgumentException unless positive
     */
    public CacheRule ttl(Duration ttl) {
        positive(ttl, "leave the rule out to keep none");
        return with(terms -> terms.ttl = ttl);
    }

    /**
     * Sets how long an answer with this status is served after it was received, whatever its headers say: a shorter
     * time for a 404, say. Such answers are kept even if {@link #statuses} does not name them, and if HTTP decides on
     * all others.
     *
     * @throws IllegalArgumentException unless positive, and as {@link #statuses}
     */
    public CacheRule ttl(int status, Duration ttl) {
        checkStatus(status);
        positive(ttl, "leave the status out to keep none");
        Map<Integer, Duration> more = new TreeMap<>(terms.ttlByStatus);
        more.put(status, ttl);
        return with(terms -> terms.ttlByStatus = more);
    }

    /**
     * Sets how long an answer is fresh after it was received if its headers leave that open. HTTP decides on all that
     * they say, and for statuses that a cache may not guess about (RFC 9110 §15.1).
     *
     * @throws IllegalArgumentException unless positive
     */
    public CacheRule defaultTtl(Duration ttl) {
        positive(ttl, "leave it out to have HTTP's guess");
        return with(terms -> terms.defaultTtl = ttl);
    }

    /** Leaves to HTTP what is kept and for how long (RFC 9111), as without a rule, with what else this rule says. */
    public CacheRule byHttp() {
        return with(terms -> terms.byHttp = true);
    }

    /** Sends what the rule covers past the cache. */
    public CacheRule forbid() {
        return with(terms -> terms.forbidden = true);
    }

    /**
     * Lets answers be served for this long after they became stale, while a new one is fetched in the background (RFC
     * 5861 §3). Where HTTP decides, a response's own directive comes first, and {@code must-revalidate} forbids it.
     *
     * @throws IllegalArgumentException unless positive
     */
    public CacheRule staleWhileRevalidate(Duration window) {
        positive(window, "leave it out to serve none");
        return with(terms -> terms.staleWhileRevalidate = window);
    }

    /**
     * Lets answers stand in for an error of the upstream, or for an upstream that cannot be reached, for this long
     * after they became stale (RFC 5861 §4). Where HTTP decides, a response's own directive comes first, and {@code
     * must-revalidate} forbids it.
     *
     * @throws IllegalArgumentException unless positive
     */
    public CacheRule staleIfError(Duration window) {
        positive(window, "leave it out to serve none");
        return with(terms -> terms.staleIfError = window);
    }

    // Which answers

    /**
     * Sets which status codes are kept, in place of every 2xx under a {@link #ttl(Duration) ttl}, and of all that HTTP
     * allows otherwise.
     *
     * @throws IllegalArgumentException if there is none, one is not a final status (200 to 599), or one describes a
     *     part (206) or no change (304), which are no answers by themselves
     */
    public CacheRule statuses(int... statuses) {
        if (statuses.length == 0) {
            throw new IllegalArgumentException("name at least one status to keep, such as 200");
        }
        IntStream.of(statuses).forEach(CacheRule::checkStatus);
        Set<Integer> set = IntStream.of(statuses).boxed().collect(Collectors.toUnmodifiableSet());
        return with(terms -> terms.statuses = set);
    }

    /**
     * Sets which media types are kept, such as {@code application/json} or {@code text/*}, in place of all. An answer
     * without a Content-Type is not one of them.
     *
     * @throws IllegalArgumentException if there is none, or one is no media type
     */
    public CacheRule responseType(String... mediaTypes) {
        List<MediaRange> ranges = parsed(atLeastOne("media type", "application/json", mediaTypes), MediaRange::parse);
        return with(terms -> terms.responseTypes = ranges);
    }

    /**
     * Sets the largest body in bytes that is kept, in place of {@link CachingHttpClient.Builder#maxEntryBytes}.
     *
     * @throws IllegalArgumentException if negative
     */
    public CacheRule maxEntryBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size in bytes is not negative: " + bytes);
        }
        return with(terms -> terms.maxEntryBytes = bytes);
    }

    /** Keeps and serves Set-Cookie too, which is left out of what is kept otherwise. */
    public CacheRule keepSetCookie() {
        return with(terms -> terms.keepsSetCookie = true);
    }

    // For whom, and by which names they are removed

    /** Adds request headers in which two calls must agree to get the same answer, such as a tenant's name. */
    public CacheRule keyHeaders(String... names) {
        Set<String> more = new TreeSet<>(terms.keyHeaders);
        for (String name : names) {
            more.add(FieldList.lowerCase(name));
        }
        return with(terms -> terms.keyHeaders = Set.copyOf(more));
    }

    /**
     * Takes request bodies for JSON, and those that say the same for the same: whatever their spaces, the order of their
     * members, and how strings and numbers are written (RFC 8785; integers beyond 2^53 have to be written alike). What
     * is sent upstream stays as it is. A body that is no JSON, or in which a name comes twice, counts as its bytes.
     *
     * @param ignoredFields members that have no part in it either, such as {@code user} or {@code metadata.trace_id}:
     *     their names from the root, with dots between them; the elements of an array have the name of the array
     */
    public CacheRule jsonBody(String... ignoredFields) {
        Set<String> names = Collections.unmodifiableSet(new TreeSet<>(List.of(ignoredFields)));
        return with(terms -> terms.ignoredFields = names);
    }

    /**
     * Lets callers with different credentials share answers. Only for upstreams whose answers do not depend on who
     * asks.
     */
    public CacheRule sharedAcrossCredentials() {
        return with(terms -> terms.sharedAcrossCredentials = true);
    }

    /**
     * Adds tags to what is kept, by which {@link CachingHttpClient#purgeTag} removes it.
     *
     * @throws IllegalArgumentException if one is empty, longer than 256 characters, or no Unicode text
     */
    public CacheRule tag(String... tags) {
        Set<String> more = new HashSet<>(terms.tags);
        for (String tag : tags) {
            more.add(RuleTags.checked(tag));
        }
        return with(terms -> terms.tags = Set.copyOf(more));
    }

    /**
     * Adds tags that depend on the request. {@code tags} runs on the thread that receives the response; where it
     * throws, or returns what is no tag, the answer is not kept.
     */
    public CacheRule tagsOf(Function<HttpRequest, ? extends Collection<String>> tags) {
        Objects.requireNonNull(tags, "tags");
        List<Function<HttpRequest, ? extends Collection<String>>> more =
                Stream.concat(terms.requestTags.stream(), Stream.of(tags)).toList();
        return with(terms -> terms.requestTags = more);
    }

    /**
     * Adds the tags that responses name in these headers, such as {@code Cache-Tag} or {@code Surrogate-Key}, separated
     * by commas or spaces: the first {@value RuleTags#MOST} of them, without those longer than
     * {@value RuleTags#LONGEST} characters.
     */
    public CacheRule tagHeaders(String... names) {
        List<String> more = new ArrayList<>(terms.tagHeaders);
        more.addAll(List.of(names));
        return with(terms -> terms.tagHeaders = List.copyOf(more));
    }

    /**
     * Names the rule, in {@link CachingHttpClient#explain explanations} and for {@link CachingHttpClient#purge(CacheRule)
     * removing} what was kept by it.
     *
     * @throws IllegalArgumentException if it is empty, longer than 256 characters, or no Unicode text
     */
    public CacheRule name(String name) {
        String checked = RuleTags.checked(name);
        return with(terms -> terms.name = checked);
    }

    private static String[] atLeastOne(String what, String example, String... texts) {
        if (texts.length == 0) {
            throw new IllegalArgumentException("name at least one " + what + ", such as " + example);
        }
        return texts;
    }

    private static <T> List<T> parsed(String[] texts, Function<String, T> parser) {
        return Stream.of(texts).map(parser).toList();
    }

    private static void positive(Duration duration, String otherwise) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    "a rule keeps answers for a positive time, not " + duration + ": " + otherwise);
        }
    }

    private static void checkStatus(int status) {
        if (status < 200 || status > 599 || status == 206 || status == 304) {
            throw new IllegalArgumentException(
                    "status " + status + " cannot be kept: name final statuses, 200 to 599, other than 206 and 304");
        }
    }

    private static long millis(Duration duration) {
        try {
            return Math.max(1, duration.toMillis());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Returns whole seconds, not fewer than there are. */
    private static long seconds(@Nullable Duration duration) {
        return duration == null
                ? CacheControl.ABSENT
                : duration.plusNanos(999_999_999).toSeconds();
    }

    // What the transport asks

    /** Returns what the rule lacks, or contradicts itself in; null if it is complete. */
    @Nullable
    String problem() {
        return terms.problem();
    }

    boolean matches(HttpRequest request) {
        return (terms.methods.isEmpty() ? ALL_THAT_ASK : terms.methods).contains(request.method())
                && (terms.hosts.isEmpty() || isOneOfHosts(request.uri()))
                && (terms.paths.isEmpty() || isOneOfPaths(request.uri()))
                && (terms.requestTypes.isEmpty() || MediaRange.anyMatches(terms.requestTypes, request.headers()))
                && terms.condition.test(request);
    }

    // Every call comes through here: loops, because streams would take more objects than the rest of a hit.

    private boolean isOneOfHosts(URI uri) {
        for (HostPattern host : terms.hosts) {
            if (host.matches(uri)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOneOfPaths(URI uri) {
        for (PathPattern path : terms.paths) {
            if (path.matches(uri.getRawPath())) {
                return true;
            }
        }
        return false;
    }

    boolean isForbidding() {
        return terms.forbidden;
    }

    /** Returns whether this decides on what it covers, rather than HTTP with what this adds. */
    boolean isForced() {
        return terms.isForced();
    }

    /** Returns whether this says how long answers with a status are served, whatever their headers say. */
    boolean isForced(int status) {
        return isForced() || terms.ttlByStatus.containsKey(status);
    }

    /** Returns why a response is not one of those that are kept, or null if it is, as far as this goes. */
    @Nullable
    String refusal(int status, HttpHeaders headers) {
        if (!accepts(status)) {
            return "status " + status;
        }
        return terms.responseTypes.isEmpty() || MediaRange.anyMatches(terms.responseTypes, headers)
                ? null
                : "content type";
    }

    boolean accepts(int status) {
        if (terms.ttlByStatus.containsKey(status)) {
            return true;
        }
        if (!terms.statuses.isEmpty()) {
            return terms.statuses.contains(status);
        }
        return !isForced() || (terms.ttl != null && status >= 200 && status <= 299 && status != 206);
    }

    boolean isKeyHeader(String lowerCaseName) {
        return terms.keyHeaders.contains(lowerCaseName);
    }

    /** Returns which members of JSON bodies have no part in the key, in order; null if bodies are not read as JSON. */
    @Nullable
    Set<String> ignoredFields() {
        return terms.ignoredFields;
    }

    boolean isSharedAcrossCredentials() {
        return terms.sharedAcrossCredentials;
    }

    boolean keepsSetCookie() {
        return terms.keepsSetCookie;
    }

    /** Returns the largest body that is kept. */
    long entryLimit(long ofTheClient) {
        return terms.maxEntryBytes < 0 ? ofTheClient : terms.maxEntryBytes;
    }

    /** Returns the time of answers with a status on which this decides, in milliseconds; the most there are if longer. */
    long ttlMillis(int status) {
        Duration ofStatus = terms.ttlByStatus.get(status);
        return ofStatus == null ? ttlMillis : millis(ofStatus);
    }

    /** Returns the {@link #defaultTtl} in milliseconds, or -1 without one. */
    long defaultTtlMillis() {
        return terms.defaultTtl == null ? -1 : millis(terms.defaultTtl);
    }

    /** Returns for how long answers may be served stale, as directives. */
    CacheControl staleWindows() {
        return staleWindows;
    }

    RuleTags tags() {
        return tags;
    }

    @Nullable
    String name() {
        return terms.name;
    }

    @Override
    public String toString() {
        return "CacheRule[" + terms + "]";
    }
}
