package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what a call is judged: by a rule, whatever its response says, or by what request and response say themselves
 * (RFC 9111), with what a rule adds.
 *
 * @param rule null where there is nothing but HTTP
 * @param shared whether many users are served, and the rules of shared caches hold (RFC 9111 §1)
 * @param targets the targeted fields that stand in for Cache-Control, the first that is there (RFC 9213 §2.2)
 */
record Policy(@Nullable CacheRule rule, boolean shared, List<String> targets) {

    /** Returns the policy of calls that {@code rule} covers, in a client that would judge them as {@code http}. */
    static Policy of(CacheRule rule, Policy http) {
        return rule.isForced() ? new Policy(rule, false, List.of()) : new Policy(rule, http.shared, http.targets);
    }

    /** Returns whether the rule alone decides. */
    boolean isForced() {
        return rule != null && rule.isForced();
    }

    /** Returns whether the rule alone decides on answers with a status. */
    boolean isForced(int status) {
        return rule != null && rule.isForced(status);
    }

    /** Returns what a response says about being stored and reused, as far as it has a say. */
    CacheControl directivesOf(int status, HttpHeaders response) {
        if (rule == null) {
            return TargetedCacheControl.of(response, targets);
        }
        CacheControl own = rule.isForced(status) ? CacheControl.NONE : TargetedCacheControl.of(response, targets);
        CacheControl windows = rule.staleWindows();
        return own.withStaleWindows(windows.staleWhileRevalidate(), windows.staleIfError());
    }

    /** Returns the directives by which a stored response is judged: what it came with, or what the rule says now. */
    CacheControl directives(StoredResponse.Head head) {
        return rule != null && rule.isForced() ? rule.staleWindows() : head.directives();
    }

    /** Returns the freshness of a stored response: as it was when it arrived, or as the rule says now. */
    Freshness freshness(StoredResponse.Head head) {
        return rule != null && rule.isForced()
                ? new Freshness(
                        rule.ttlMillis(head.status()),
                        false,
                        0,
                        head.freshness().receivedAtMillis())
                : head.freshness();
    }

    /** Returns the freshness of a response that has just arrived, or of a stored one that was just updated. */
    Freshness freshnessOf(
            int status, HttpHeaders fields, CacheControl directives, long requestedAtMillis, long receivedAtMillis) {
        Freshness said = Freshness.of(status, fields, directives, shared, requestedAtMillis, receivedAtMillis);
        if (rule == null || rule.isForced()) {
            return said;
        }
        if (rule.isForced(status)) {
            return said.from(rule.ttlMillis(status));
        }
        return hasDefault(status) && !Freshness.isExplicit(fields, directives, shared)
                ? said.from(rule.defaultTtlMillis())
                : said;
    }

    /** Returns whether a response with a status is fresh for some time although it does not say so. */
    boolean hasDefault(int status) {
        return rule != null && rule.defaultTtlMillis() >= 0 && Freshness.isHeuristicallyCacheable(status);
    }

    /** Returns the body of a request in the form in which it is hashed: {@code body} itself, if that is as it is sent. */
    List<ByteBuffer> hashed(List<ByteBuffer> body) {
        Set<String> ignored = ignoredFields();
        byte[] canonical = ignored == null || body.isEmpty() ? null : CanonicalJson.of(body, ignored);
        return canonical == null ? body : List.of(ByteBuffer.wrap(canonical));
    }

    /** Returns which members of JSON bodies are not hashed, in order; null if bodies are hashed as they are sent. */
    @Nullable
    Set<String> ignoredFields() {
        return rule == null ? null : rule.ignoredFields();
    }

    /** Returns the largest body that is kept. */
    long entryLimit(long ofTheClient) {
        return rule == null ? ofTheClient : rule.entryLimit(ofTheClient);
    }

    /** Returns whether cookies are kept with a response. */
    boolean keepsSetCookie() {
        return rule != null && rule.keepsSetCookie();
    }

    /** Returns whether callers with different credentials get the same answers. */
    boolean isSharedAcrossCredentials() {
        return rule != null && rule.isSharedAcrossCredentials();
    }

    /** Returns whether values of the header are a part of every key. */
    boolean isInKey(KeyHeader header) {
        if (rule != null && rule.isKeyHeader(header.lowerCaseName())) {
            return true;
        }
        if (isForced()) {
            return header.choosesRepresentation() || (!isSharedAcrossCredentials() && header.isCredential());
        }
        // RFC 9111 §3.5 says when answers to Authorization may be shared; of other credentials it knows nothing.
        return header.isCredential()
                && !isSharedAcrossCredentials()
                && !(shared && header.lowerCaseName().equals("authorization"));
    }

    /**
     * Returns the names by which a response is removed: when its URI changes or is purged, by its tags, by its rule; null
     * if a function of the user's fails to say.
     */
    @Nullable
    Set<String> tags(Ask ask, HttpHeaders response) {
        URI uri = TargetUri.normalize(ask.request().uri());
        String ofUri = uri == null ? null : isForced() ? KeyHasher.purgeTagOf(uri) : KeyHasher.tagOf(uri);
        if (rule == null) {
            return ofUri == null ? Set.of() : Set.of(ofUri);
        }
        Set<String> names = new HashSet<>();
        if (ofUri != null) {
            names.add(ofUri);
        }
        try {
            rule.tags().addTo(names, ask.request(), response);
            return names;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
