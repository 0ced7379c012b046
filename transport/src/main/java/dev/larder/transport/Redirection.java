package dev.larder.transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which request follows a response, by the rules of the JDK's own client (RFC 9110 §15.4). */
final class Redirection {
    // As JDK 25 has it. RFC 9110 §15.4 asks to consider it, and the JDKs before that do not: there too, no other origin
    // is told them from here.
    private static final Set<String> OF_ONE_ORIGIN = Set.of("authorization", "cookie", "host", "origin", "referer");

    private Redirection() {}

    /**
     * Returns the request that follows the response to {@code request}, or null if there is none.
     *
     * @throws IOException if the response says that there is one, but not where
     */
    static @Nullable HttpRequest next(HttpClient.Redirect policy, HttpRequest request, int status, HttpHeaders headers)
            throws IOException {
        if (policy == HttpClient.Redirect.NEVER || !isFollowed(status)) {
            return null;
        }
        URI from = request.uri();
        try {
            URI to = from.resolve(URI.create(headers.firstValue("Location")
                    .orElseThrow(() -> new IllegalArgumentException("a redirect without a Location"))));
            return isAllowed(policy, from, to) ? to(to, request, status) : null;
        } catch (IllegalArgumentException e) {
            throw new IOException("Invalid redirection", e);
        }
    }

    private static boolean isFollowed(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private static boolean isAllowed(HttpClient.Redirect policy, URI from, URI to) {
        return policy == HttpClient.Redirect.ALWAYS
                || to.getScheme().equalsIgnoreCase(from.getScheme())
                || to.getScheme().equalsIgnoreCase("https");
    }

    private static HttpRequest to(URI to, HttpRequest request, int status) {
        boolean sameOrigin = to.getScheme().equalsIgnoreCase(request.uri().getScheme())
                && request.uri().getRawAuthority().equals(to.getRawAuthority());
        HttpRequest.Builder next = HttpRequest.newBuilder(
                        request, (name, value) -> sameOrigin || !OF_ONE_ORIGIN.contains(FieldList.lowerCase(name)))
                .uri(to);
        boolean becomesGet = status == 303 || (status <= 302 && request.method().equals("POST"));
        return (becomesGet ? next.GET() : next).build();
    }
}
