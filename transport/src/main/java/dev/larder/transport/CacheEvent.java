package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.http.HttpRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the cache did, and why.
 *
 * <p>A call that is answered has one of HIT, STALE, MISS, COALESCED and BYPASS, and may have others besides. The event
 * of a call comes before the caller's answer; those of the store may come after it.
 *
 * @param type what was done
 * @param request the caller's request, as it was given
 * @param key the key of the answer; null where the call was let through before it had one
 * @param reason why, in a few words for people and logs, such as {@code "fresh"}
 * @param failure what the store threw, with STORE_FAILED; else null
 */
public record CacheEvent(
        Type type,
        HttpRequest request,
        @Nullable CacheKey key,
        String reason,
        @Nullable Throwable failure) {

    /** What the cache can do with a call. */
    public enum Type {
        /** The answer came from the store, or from a recording that is on its way there. */
        HIT,
        /** A stale answer from the store served, because the request, the response or a dead upstream allowed it. */
        STALE,
        /** An answer from the store served after the upstream had confirmed it. */
        REVALIDATED,
        /** No answer was kept that could be served, and the call went upstream. */
        MISS,
        /** The answer of another call for the same key, under way at the same time, served this one too. */
        COALESCED,
        /** The call went upstream and the cache had no part in it. */
        BYPASS,
        /** The call has changed something, and what was kept about it was removed. */
        INVALIDATED,
        /** The answer is kept: the store has said so. */
        STORED,
        /** The answer reached the caller and is not kept. */
        NOT_STORED,
        /** The store failed or kept the cache waiting for too long. The call went on without it. */
        STORE_FAILED
    }

    /** Checks that nothing but key and failure is null. */
    public CacheEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(reason, "reason");
    }
}
