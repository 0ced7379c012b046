package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call would come to, and why: for people who wonder why they got an old answer, or none from the cache.
 * {@link #toString} says it all in lines.
 *
 * @param outcome what would be done
 * @param reason why, in a few words
 * @param rule the rule that covers the call; null where HTTP alone decides (RFC 9111)
 * @param key of the answer; null if the call goes past the cache
 * @param keyParts what the key is made of, in which two calls must agree to get the same answer; credentials are
 *     named, but not shown; empty without a key
 * @param kept what the store has for the call; null if it has nothing
 */
public record Explanation(
        Outcome outcome,
        String reason,
        @Nullable CacheRule rule,
        @Nullable CacheKey key,
        List<KeyPart> keyParts,
        @Nullable KeptAnswer kept) {

    /** What would be done with a call. */
    public enum Outcome {
        /** It would be answered with what is kept, which is fresh. */
        HIT,
        /** It would be answered with what is kept, although that is stale. */
        STALE,
        /** The upstream would be asked whether what is kept is still right, or for another answer. */
        VALIDATE,
        /** The upstream would be asked, because nothing is kept. */
        MISS,
        /** The upstream would be asked, and the cache would have no part in it. */
        BYPASS,
        /** It would be answered with a 504, because it may not be sent (RFC 9111 §5.2.1.7). */
        GATEWAY_TIMEOUT
    }

    /**
     * One thing that the key is made of.
     *
     * @param name such as {@code method}, {@code query} or {@code header accept}
     * @param value as it is in the key, or {@code (redacted)}
     */
    public record KeyPart(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    /**
     * What the store has.
     *
     * @param status of the response
     * @param receivedAt when it came from the upstream, or was last confirmed by it
     * @param age how old it is now (RFC 9111 §4.2.3)
     * @param freshFor how long it stays fresh; negative for how long it has been stale
     * @param deleteAt when it is no longer kept
     * @param bytes the size of its body
     * @param variesBy the request headers by which it was chosen, beyond those in the key
     * @param tags those that a rule has given to it
     */
    public record KeptAnswer(
            int status,
            Instant receivedAt,
            Duration age,
            Duration freshFor,
            Instant deleteAt,
            long bytes,
            List<String> variesBy,
            Set<String> tags) {

        /** Checks that nothing is null, and copies the collections. */
        public KeptAnswer {
            Objects.requireNonNull(receivedAt, "receivedAt");
            Objects.requireNonNull(age, "age");
            Objects.requireNonNull(freshFor, "freshFor");
            Objects.requireNonNull(deleteAt, "deleteAt");
            variesBy = List.copyOf(variesBy);
            tags = Set.copyOf(tags);
        }
    }

    /** Checks that nothing is null which may not be, and copies the list. */
    public Explanation {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
        keyParts = List.copyOf(keyParts);
    }

    /** Returns all of it, in lines for people. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(outcome + ": " + reason);
        lines.add("judged by " + (rule == null ? "HTTP (RFC 9111)" : rule));
        if (kept != null) {
            lines.add("kept: status " + kept.status + ", " + kept.bytes + " bytes, received " + kept.receivedAt
                    + ", age "
                    + kept.age + ", " + (kept.freshFor.isNegative() ? "stale for " : "fresh for ") + kept.freshFor.abs()
                    + ", until " + kept.deleteAt);
            if (!kept.variesBy.isEmpty()) {
                lines.add("varies by " + String.join(", ", kept.variesBy));
            }
            if (!kept.tags.isEmpty()) {
                lines.add("tags " + String.join(", ", kept.tags));
            }
        }
        if (key != null) {
            lines.add("key " + key);
        }
        for (KeyPart part : keyParts) {
            lines.add("  " + part);
        }
        return String.join(System.lineSeparator(), lines);
    }
}
