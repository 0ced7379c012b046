package dev.larder.transport;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told of a response before its body: its fields with our member of Cache-Status, and with its age if
 * it is served from the store. They are put together when somebody asks for them, because a caller who is after the
 * body alone does not.
 */
final class ServedHead implements HttpResponse.ResponseInfo {
    /** The age of a response that tells its age itself, if at all. */
    static final long OWN_AGE = -1;

    private final int statusCode;
    private final HttpClient.Version version;
    private final Fields fields;
    private final long ageSeconds;
    // Null for a hit of the plainest kind, whose status is written when somebody asks for it.
    private final @Nullable String cacheStatus;
    private final long freshForMillis;
    // Immutable, so that a race between two who ask does no harm.
    private @Nullable HttpHeaders headers;

    /** @param ageSeconds what the Age field says (RFC 9111 §5.1), or {@link #OWN_AGE} */
    ServedHead(int statusCode, HttpClient.Version version, Fields fields, long ageSeconds, String cacheStatus) {
        this(statusCode, version, fields, ageSeconds, cacheStatus, 0);
    }

    private ServedHead(
            int statusCode,
            HttpClient.Version version,
            Fields fields,
            long ageSeconds,
            @Nullable String cacheStatus,
            long freshForMillis) {
        this.statusCode = statusCode;
        this.version = version;
        this.fields = fields;
        this.ageSeconds = ageSeconds;
        this.cacheStatus = cacheStatus;
        this.freshForMillis = freshForMillis;
    }

    /** Returns what the caller is told of a response that is served without a call. */
    static ServedHead hit(StoredResponse.Head head, long ageSeconds, long freshForMillis) {
        return new ServedHead(head.status(), head.version(), head.fields(), ageSeconds, null, freshForMillis);
    }

    /** Returns what the caller is told of a response that goes on as it has come. */
    static ServedHead labelled(int statusCode, HttpClient.Version version, HttpHeaders headers, String cacheStatus) {
        return new ServedHead(statusCode, version, new Fields(headers.map()), OWN_AGE, cacheStatus);
    }

    @Override
    public int statusCode() {
        return statusCode;
    }

    @Override
    public HttpClient.Version version() {
        return version;
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders made = headers;
        if (made == null) {
            made = make();
            headers = made;
        }
        return made;
    }

    private HttpHeaders make() {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(fields.map());
        if (ageSeconds != OWN_AGE) {
            all.remove("Age");
            all.put("Age", List.of(Long.toString(ageSeconds)));
        }
        List<String> members = new ArrayList<>(all.getOrDefault(CacheStatus.FIELD, List.of()));
        members.add(cacheStatus == null ? CacheStatus.hit(freshForMillis) : cacheStatus);
        all.put(CacheStatus.FIELD, members);
        return HttpHeaders.of(all, (name, value) -> true);
    }
}
