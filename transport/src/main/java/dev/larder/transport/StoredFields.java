package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which header fields of a response are stored, and how a later response changes them (RFC 9111 §3.1 and §3.2). */
final class StoredFields {
    // RFC 9111 §3.1, with the fields of RFC 9110 §7.6.1 and their relatives that mean one connection or one proxy.
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    // What decides on reuse stays, whoever lists it: RFC 9110 §7.6.1 calls Cache-Control "never appropriate" in
    // Connection, and a response that lost its Vary to private="vary" would be served to everybody.
    private static final Set<String> OF_THE_CACHE =
            Set.of("age", "cache-control", "cdn-cache-control", "date", "expires", "vary");

    // §3.2: Content-Length, and what the stored body depends on: it is kept in the coding it came in. Content-Type
    // changes: nothing was made of the body that would depend on it.
    private static final Set<String> OF_THE_BODY = Set.of("content-encoding", "content-length", "content-range");

    // RFC 9110 §8.3 to §8.6 and §14.4; Content-Location and the validators have a use without a body.
    private static final Set<String> OF_THE_REPRESENTATION =
            Set.of("content-encoding", "content-language", "content-length", "content-range", "content-type");

    private StoredFields() {}

    /**
     * Returns the fields of a response that are stored, with a Date if it had none (RFC 9110 §6.6.1).
     *
     * @param directives the directives of the response
     * @param cookies whether cookies are stored too: they are answers to one exchange, so it takes a rule
     */
    static HttpHeaders of(
            HttpHeaders received, CacheControl directives, boolean shared, boolean cookies, long receivedAtMillis) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        addAll(fields, received, omitted(received, directives, shared, cookies));
        return dated(fields, receivedAtMillis);
    }

    /**
     * Returns {@code stored} with what a 304, a 206 or the answer to HEAD says anew: fields that come are replaced, all
     * lines of them.
     *
     * @param directives the directives of {@code update}
     * @param cookies as in {@link #of}
     */
    static HttpHeaders updated(
            HttpHeaders stored,
            HttpHeaders update,
            CacheControl directives,
            boolean shared,
            boolean cookies,
            long receivedAtMillis) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(stored.map());
        // §4.2.3: age counts from the last validation. Left alone, what was true of the response before would be added.
        fields.remove("Age");
        fields.remove("Date");
        Set<String> omitted = omitted(update, directives, shared, cookies);
        omitted.addAll(OF_THE_BODY);
        addAll(fields, update, omitted);
        return dated(fields, receivedAtMillis);
    }

    /**
     * Returns the fields of an answer that has nothing of the stored body, a 304 or a 416: all but those that describe
     * the body (RFC 9110 §15.4.5).
     */
    static HttpHeaders withoutBody(HttpHeaders stored) {
        return HttpHeaders.of(
                stored.map(), (name, value) -> !OF_THE_REPRESENTATION.contains(FieldList.lowerCase(name)));
    }

    private static Set<String> omitted(HttpHeaders headers, CacheControl directives, boolean shared, boolean cookies) {
        Set<String> names = new HashSet<>(FieldList.lowerCaseMembers(headers.allValues("Connection")));
        names.addAll(directives.noCacheFields());
        if (shared) {
            names.addAll(directives.privateFields());
        }
        names.removeAll(OF_THE_CACHE);
        names.addAll(OF_ONE_CONNECTION);
        if (!cookies) {
            names.add("set-cookie");
            names.add("set-cookie2");
        }
        return names;
    }

    private static void addAll(Map<String, List<String>> fields, HttpHeaders headers, Set<String> omitted) {
        headers.map().forEach((name, values) -> {
            // The JDK shows HTTP/2 pseudo-header fields among the others.
            if (!name.startsWith(":") && !omitted.contains(FieldList.lowerCase(name))) {
                // Not just replaced: the name would keep the case that it had.
                fields.remove(name);
                fields.put(name, values);
            }
        });
    }

    private static HttpHeaders dated(Map<String, List<String>> fields, long receivedAtMillis) {
        fields.computeIfAbsent("Date", name -> List.of(HttpDate.format(Math.floorDiv(receivedAtMillis, 1000L))));
        return HttpHeaders.of(fields, (name, value) -> true);
    }
}
