package dev.larder.transport;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What else a response changes about what is stored (RFC 9111 §4.4). */
final class Invalidation {
    private Invalidation() {}

    /**
     * Returns the URIs whose stored responses may be out of date after a response, normalized: the target first, then
     * the Location and Content-Location that have its origin. None after safe methods and after errors.
     */
    static Set<URI> of(String method, URI target, int status, HttpHeaders headers) {
        if (isSafe(method) || status < 200 || status > 399) {
            return Set.of();
        }
        URI normalTarget = TargetUri.normalize(target);
        if (normalTarget == null) {
            return Set.of();
        }
        Set<URI> uris = new LinkedHashSet<>(4);
        uris.add(normalTarget);
        add(uris, normalTarget, headers.allValues("Location"));
        add(uris, normalTarget, headers.allValues("Content-Location"));
        return uris;
    }

    /**
     * Returns whether a method is known to change nothing (RFC 9110 §9.2.1 and the registry of methods). Names of
     * methods have a case (§9.1).
     */
    static boolean isSafe(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "QUERY", "PROPFIND", "REPORT", "SEARCH" -> true;
            default -> false;
        };
    }

    private static void add(Set<URI> uris, URI target, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            URI uri = TargetUri.resolve(target, lines.get(i));
            if (uri != null && TargetUri.isSameOrigin(target, uri)) {
                uris.add(uri);
            }
        }
    }
}
