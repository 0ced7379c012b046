package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A complete response as it is kept: no part of the request that led to it, no hop-by-hop field and no cookie. */
final class StoredResponse {
    private final CacheKey key;
    private final Head head;
    private final byte[] data;
    private final Instant deleteAt;

    /**
     * @param key the key it is kept under, by which a store that returns another's entry is found out
     * @param data the body as it was transferred, content coding included; not to be modified from now on
     * @param deleteAt when it may no longer be served in any case
     */
    StoredResponse(CacheKey key, Head head, byte[] data, Instant deleteAt) {
        this.key = key;
        this.head = head;
        this.data = data;
        this.deleteAt = deleteAt;
    }

    CacheKey key() {
        return key;
    }

    Head head() {
        return head;
    }

    byte[] data() {
        return data;
    }

    Instant deleteAt() {
        return deleteAt;
    }

    /**
     * What is known of a response when its body begins.
     *
     * @param ageAtReceipt the age it had already when it arrived (RFC 9111 §4.2.3)
     * @param varyNames the request headers that the response varies by beyond those in the key, lower case, sorted
     * @param variant a digest of the values these had
     */
    record Head(
            int status,
            HttpClient.Version version,
            Fields fields,
            Instant receivedAt,
            Duration ageAtReceipt,
            List<String> varyNames,
            CacheKey variant) {}

    /** Returns the age at {@code now}, not negative even if the clock went back (RFC 9111 §4.2.3). */
    Duration ageAt(Instant now) {
        Duration resident = Duration.between(head.receivedAt, now);
        return head.ageAtReceipt.plus(resident.isNegative() ? Duration.ZERO : resident);
    }

    /** Returns the form in which a store keeps this. */
    CacheEntry toEntry() {
        return CacheEntry.newBuilder()
                .metadata(StoredResponseCodec.encode(this))
                .data(data)
                .storedAt(head.receivedAt)
                .deleteAt(deleteAt)
                .build();
    }
}
