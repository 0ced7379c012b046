package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream is asked on account of what is kept: whether that is still right (RFC 9111 §4.3.1), or for what is
 * missing of it.
 *
 * @param fields go in place of the caller's own; none if the request goes as it is
 * @param completion what is missing; null if that is not the question
 */
record Inquiry(Map<String, String> fields, @Nullable Completion completion) {
    private static final Inquiry NONE = new Inquiry(Map.of(), null);

    /**
     * Returns what to ask.
     *
     * @param stored what is kept, null if nothing is
     * @param maxEntryBytes what may be kept together; 0 if nothing may be completed
     */
    static Inquiry of(Ask ask, @Nullable StoredResponse stored, long nowMillis, long maxEntryBytes) {
        if (stored == null || !ask.request().method().equals("GET")) {
            return NONE;
        }
        if (stored.isPart() && !stored.answers(ask)) {
            // A 304 would be about a part that is of no use here.
            Completion completion = Completion.of(ask.request().headers(), stored, maxEntryBytes);
            return completion == null ? NONE : new Inquiry(completion.fields(), completion);
        }
        return new Inquiry(conditions(ask.request().headers(), stored.head().headers(), nowMillis), null);
    }

    /** Returns whether a 304 may be the answer. */
    boolean isValidation() {
        return completion == null && !fields.isEmpty();
    }

    private static Map<String, String> conditions(HttpHeaders asked, HttpHeaders stored, long nowMillis) {
        String noneMatch = Validation.noneMatch(List.of(stored), asked.allValues("If-None-Match"));
        String modifiedSince = Validation.modifiedSince(stored, nowMillis);
        Map<String, String> conditions = new HashMap<>();
        if (noneMatch != null) {
            conditions.put("If-None-Match", noneMatch);
        }
        if (modifiedSince != null) {
            conditions.put("If-Modified-Since", modifiedSince);
        }
        return conditions;
    }
}
