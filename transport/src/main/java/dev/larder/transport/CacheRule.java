package dev.larder.transport;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says which calls are answered from the cache, and for how long, whatever the response headers say.
 *
 * <p>Immutable: each method returns another rule. The first rule of a client that matches a request decides.
 *
 * <p>Two calls get the same answer if they agree in method, URI (without fragment), request body, the headers by which
 * a representation is chosen (Accept, Accept-Encoding, Accept-Language, Content-Type, Content-Encoding), the
 * {@linkplain #keyHeaders headers named here}, and the credentials: Authorization, cookies, and every header whose name
 * looks like an API key, token, secret or session.
 */
public final class CacheRule {
    private final String method;
    private final @Nullable Duration ttl;
    private final long ttlMillis;
    private final Set<Integer> statuses;
    private final Set<String> keyHeaders;
    private final boolean sharedAcrossCredentials;
    private final Predicate<HttpRequest> condition;

    private CacheRule(
            String method,
            @Nullable Duration ttl,
            Set<Integer> statuses,
            Set<String> keyHeaders,
            boolean sharedAcrossCredentials,
            Predicate<HttpRequest> condition) {
        this.method = method;
        this.ttl = ttl;
        this.ttlMillis = ttl == null ? 0 : Math.max(1, millis(ttl));
        this.statuses = statuses;
        this.keyHeaders = keyHeaders;
        this.sharedAcrossCredentials = sharedAcrossCredentials;
        this.condition = condition;
    }

    /** Returns a rule for every GET; it still needs a {@link #ttl}. */
    public static CacheRule get() {
        return ofMethod("GET");
    }

    /** Returns a rule for every POST; it still needs a {@link #ttl}. */
    public static CacheRule post() {
        return ofMethod("POST");
    }

    private static CacheRule ofMethod(String method) {
        return new CacheRule(method, null, Set.of(), Set.of(), false, request -> true);
    }

    /**
     * Sets how long an answer is served after it was received. Answers kept already are judged by the rule as it is
     * when they are asked for, but never served longer than the rule said when they were kept.
     *
     * @throws IllegalArgumentException unless positive
     */
    public CacheRule ttl(Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException(
                    "a rule keeps answers for a positive time, not " + ttl + ": leave the rule out to keep none");
        }
        return new CacheRule(method, ttl, statuses, keyHeaders, sharedAcrossCredentials, condition);
    }

    /**
     * Sets which status codes are kept, in place of every 2xx.
     *
     * @throws IllegalArgumentException if there is none, one is not a final status (200 to 599), or one describes a
     *     part (206) or no change (304), which are no answers by themselves
     */
    public CacheRule statuses(int... statuses) {
        if (statuses.length == 0) {
            throw new IllegalArgumentException("name at least one status to keep, such as 200");
        }
        for (int status : statuses) {
            if (status < 200 || status > 599 || status == 206 || status == 304) {
                throw new IllegalArgumentException("status " + status + " cannot be kept: name final statuses, 200 to"
                        + " 599, other than 206 and 304");
            }
        }
        Set<Integer> set = IntStream.of(statuses).boxed().collect(Collectors.toUnmodifiableSet());
        return new CacheRule(method, ttl, set, keyHeaders, sharedAcrossCredentials, condition);
    }

    /** Adds request headers in which two calls must agree to get the same answer, such as a tenant's name. */
    public CacheRule keyHeaders(String... names) {
        Set<String> more = new TreeSet<>(keyHeaders);
        for (String name : names) {
            more.add(name.toLowerCase(Locale.ROOT));
        }
        return new CacheRule(method, ttl, statuses, Set.copyOf(more), sharedAcrossCredentials, condition);
    }

    /**
     * Lets callers with different credentials share answers. Only for upstreams whose answers do not depend on who
     * asks.
     */
    public CacheRule sharedAcrossCredentials() {
        return new CacheRule(method, ttl, statuses, keyHeaders, true, condition);
    }

    /** Narrows the rule to requests for which {@code condition} holds too, such as one host or path. */
    public CacheRule when(Predicate<HttpRequest> condition) {
        Objects.requireNonNull(condition, "condition");
        return new CacheRule(method, ttl, statuses, keyHeaders, sharedAcrossCredentials, this.condition.and(condition));
    }

    private static long millis(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    boolean matches(HttpRequest request) {
        return method.equals(request.method()) && condition.test(request);
    }

    boolean accepts(int status) {
        return statuses.isEmpty() ? status >= 200 && status <= 299 && status != 206 : statuses.contains(status);
    }

    boolean isKeyHeader(String lowerCaseName) {
        return keyHeaders.contains(lowerCaseName);
    }

    boolean isSharedAcrossCredentials() {
        return sharedAcrossCredentials;
    }

    boolean isComplete() {
        return ttl != null;
    }

    /** Returns the {@link #ttl} in milliseconds, the most there are if it is longer. */
    long ttlMillis() {
        return ttlMillis;
    }

    Duration ttl() {
        return Objects.requireNonNull(ttl, "refused by the client's builder");
    }

    @Override
    public String toString() {
        return "CacheRule[" + method + ", ttl=" + ttl + ", statuses=" + (statuses.isEmpty() ? "2xx" : statuses)
                + (sharedAcrossCredentials ? ", shared across credentials" : "") + "]";
    }
}
