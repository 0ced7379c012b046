package dev.larder.transport;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which request headers take part in the key of an answer.
 *
 * @param lowerCaseName the header's name
 * @param choosesRepresentation whether its values choose among representations of one resource (RFC 9110 §12.5, §8)
 * @param isCredential whether it may say who asks. Errs on the side of yes: too many parts in a key cost hits, too few
 *     hand one caller's answer to another.
 * @param isCondition whether it asks for an answer that may fit no other request: a part, or none (RFC 9110 §13.1, §14.2)
 */
record KeyHeader(String lowerCaseName, boolean choosesRepresentation, boolean isCredential, boolean isCondition) {
    // Programs use a few dozen names over and over; the bound is for those who make names up.
    private static final int MOST_KNOWN = 1024;
    private static final Map<String, KeyHeader> KNOWN = new ConcurrentHashMap<>();

    private static final Set<String> REPRESENTATION =
            Set.of("accept", "accept-encoding", "accept-language", "content-encoding", "content-type");

    private static final Set<String> CONDITIONS =
            Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range");

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

    /** Returns what there is to know of the header {@code name}, in any case. */
    static KeyHeader of(String name) {
        KeyHeader known = KNOWN.get(name);
        if (known == null) {
            String lowerCaseName = name.toLowerCase(Locale.ROOT);
            known = new KeyHeader(
                    lowerCaseName,
                    REPRESENTATION.contains(lowerCaseName),
                    isCredential(lowerCaseName),
                    CONDITIONS.contains(lowerCaseName));
            if (KNOWN.size() < MOST_KNOWN) {
                KNOWN.put(name, known);
            }
        }
        return known;
    }

    /** Returns whether it says how the content of a request is to be read. */
    boolean describesContent() {
        return lowerCaseName.equals("content-type") || lowerCaseName.equals("content-encoding");
    }

    private static boolean isCredential(String lowerCaseName) {
        return switch (lowerCaseName) {
            case "authorization", "cookie", "proxy-authorization", "apikey" -> true;
            default -> !NO_CREDENTIALS.contains(lowerCaseName) && looksLikeCredential(lowerCaseName);
        };
    }

    private static boolean looksLikeCredential(String name) {
        return name.endsWith("key") || MARKS_OF_CREDENTIALS.stream().anyMatch(name::contains);
    }
}
