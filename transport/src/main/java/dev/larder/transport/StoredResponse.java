package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is kept, complete or one part of it: no part of the request that led to it, no hop-by-hop field and no cookie.
 *
 * @param key the key it is kept under, by which a store that returns another's entry is found out
 * @param data the body as it was transferred, content coding included; not to be modified
 * @param deleteAtMillis when it may no longer be served in any case
 * @param tags by which it is removed
 */
record StoredResponse(CacheKey key, Head head, byte[] data, long deleteAtMillis, Set<String> tags) implements Stored {

    /**
     * What is known of a response when its body begins.
     *
     * @param directives what it says about being reused
     * @param varyNames the request headers that the response varies by beyond those in every key, lower case, sorted;
     *     the asterisk that no request matches is one of them
     */
    record Head(
            int status,
            HttpClient.Version version,
            Fields fields,
            Freshness freshness,
            CacheControl directives,
            List<String> varyNames) {

        HttpHeaders headers() {
            return fields.headers();
        }
    }

    /** Returns whether this is a part, and may never be served as the whole (RFC 9111 §3.3). */
    boolean isPart() {
        return PartialResponse.isPart(head.status);
    }

    /** Returns the length of the whole, or -1 if unknown. */
    long completeLength() {
        ContentRange part = isPart() ? ContentRange.of(head.headers().allValues("Content-Range")) : null;
        return part == null ? data.length : part.completeLength();
    }

    /** Returns whether this answers the requests that {@code ask} stands for, as far as they vary or want other parts. */
    boolean answers(Ask ask) {
        if (isPart() && !Personal.hasAllOf(ask, this)) {
            return false;
        }
        List<String> names = head.varyNames;
        return names.isEmpty() || key.equals(KeyHasher.variantOf(ask.key(), ask.request(), names));
    }

    /** Returns whether {@code other} is there and was received later than this (RFC 9111 §4). */
    boolean isOlderThan(@Nullable StoredResponse other) {
        return other != null && head.freshness.receivedAtMillis() < other.head.freshness.receivedAtMillis();
    }

    /** Returns this with what a 304, or the answer to HEAD, says anew. */
    StoredResponse updated(Policy policy, HttpHeaders update, long requestedAtMillis, long receivedAtMillis) {
        Head updated = Decisions.updated(policy, head, update, requestedAtMillis, receivedAtMillis);
        return new StoredResponse(key, updated, data, Decisions.deleteAtMillis(policy, updated), tags);
    }

    /** Returns this as the answer to requests with other values of the headers that it varies by. */
    StoredResponse under(CacheKey key) {
        return new StoredResponse(key, head, data, deleteAtMillis, tags);
    }

    /** Returns the form in which a store keeps this. */
    CacheEntry toEntry() {
        return CacheEntry.newBuilder()
                .metadata(StoredCodec.encode(this))
                .data(data)
                .storedAt(Instant.ofEpochMilli(head.freshness.receivedAtMillis()))
                .deleteAt(Decisions.instant(deleteAtMillis))
                .tags(tags)
                .build();
    }
}
