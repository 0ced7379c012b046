package dev.larder.transport;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which request headers take part in the key of an answer. */
final class KeyHeaders {
    private static final Set<String> REPRESENTATION =
            Set.of("accept", "accept-encoding", "accept-language", "content-encoding", "content-type");

    // Different for every call by design, though the name ends like that of an API key.
    private static final Set<String> NO_CREDENTIALS = Set.of("idempotency-key", "x-idempotency-key");

    private static final List<String> MARKS_OF_CREDENTIALS = List.of(
            "assertion",
            "auth",
            "bearer",
            "cert",
            "cookie",
            "credential",
            "identity",
            "jwt",
            "oidc",
            "passphrase",
            "password",
            "principal",
            "remote-user",
            "secret",
            "session",
            "signature",
            "token");

    private KeyHeaders() {}

    /** Returns whether values of this header choose among representations of one resource (RFC 9110 §12.5, §8). */
    static boolean choosesRepresentation(String lowerCaseName) {
        return REPRESENTATION.contains(lowerCaseName);
    }

    /**
     * Returns whether this header may say who asks. Errs on the side of yes: too many parts in a key cost hits, too few
     * hand one caller's answer to another.
     */
    static boolean isCredential(String lowerCaseName) {
        return switch (lowerCaseName) {
            case "authorization", "cookie", "proxy-authorization", "apikey" -> true;
            default -> !NO_CREDENTIALS.contains(lowerCaseName) && looksLikeCredential(lowerCaseName);
        };
    }

    private static boolean looksLikeCredential(String name) {
        return name.endsWith("key") || MARKS_OF_CREDENTIALS.stream().anyMatch(name::contains);
    }

    /** Returns whether values of this header are a part of every key that {@code rule} makes. */
    static boolean isInKey(String name, CacheRule rule) {
        String lowerCaseName = name.toLowerCase(Locale.ROOT);
        return choosesRepresentation(lowerCaseName)
                || rule.isKeyHeader(lowerCaseName)
                || (!rule.isSharedAcrossCredentials() && isCredential(lowerCaseName));
    }
}
