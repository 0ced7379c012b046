package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Cache-Status field: one member of ours behind whatever caches nearer to the origin have said (RFC 9211 §2).
 */
final class CacheStatus {
    static final String FIELD = "Cache-Status";

    private static final String NAME = "larder";

    // RFC 8941 §3.3.1
    private static final long LARGEST_INTEGER = 999_999_999_999_999L;

    private CacheStatus() {}

    /** RFC 9211 §2.1 and §2.4: served without going forward, and for how long it stays fresh. */
    static String hit(Duration freshFor) {
        return NAME + "; hit; ttl=" + Math.min(freshFor.toSeconds(), LARGEST_INTEGER);
    }

    /** RFC 9211 §2.2 and §2.6: went forward because nothing was kept under the key. */
    static String miss(boolean stored) {
        return NAME + "; fwd=miss" + (stored ? "; stored" : "");
    }

    /** RFC 9211 §2.7: answered together with another call that went forward. */
    static String collapsed() {
        return NAME + "; fwd=miss; collapsed";
    }

    /** RFC 9211 §2.2 and §2.9: the cache had no part in it. */
    static String forwarded(Bypass bypass) {
        return NAME + "; fwd=" + bypass.fwd() + "; detail=\"" + bypass.reason() + "\"";
    }

    /** Returns {@code headers} with {@code member} as the last one of the field. */
    static HttpHeaders append(HttpHeaders headers, String member) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(headers.map());
        List<String> members = new ArrayList<>(fields.getOrDefault(FIELD, List.of()));
        members.add(member);
        fields.put(FIELD, members);
        return HttpHeaders.of(fields, (name, value) -> true);
    }
}
