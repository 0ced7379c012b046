package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream is asked on account of what is kept: whether that, or another variant, is still right (RFC 9111
 * §4.3.1), or for what is missing of it.
 *
 * @param fields go in place of the caller's own; none if the request goes as it is
 * @param candidates what a 304 may mean, the response that the request chooses first
 * @param completion what is missing; null if that is not the question
 */
record Inquiry(
        Map<String, String> fields,
        List<Candidate> candidates,
        @Nullable Completion completion) {
    private static final Inquiry NONE = new Inquiry(Map.of(), List.of(), null);

    /**
     * A response that is asked about.
     *
     * @param fields its fields, or its ETag alone
     */
    record Candidate(CacheKey key, HttpHeaders fields) {}

    /**
     * Returns what to ask.
     *
     * @param maxEntryBytes what may be kept together; 0 if nothing may be completed
     */
    static Inquiry of(Ask ask, Kept kept, long nowMillis, long maxEntryBytes) {
        if (!ask.request().method().equals("GET")) {
            return NONE;
        }
        StoredResponse stored = kept.response();
        HttpHeaders asked = ask.request().headers();
        if (stored != null && stored.isPart() && !stored.answers(ask)) {
            // A 304 would be about a part that is of no use here.
            Completion completion = Completion.of(asked, stored, maxEntryBytes);
            return completion == null ? NONE : new Inquiry(completion.fields(), List.of(), completion);
        }
        String modifiedSince =
                stored == null ? null : Validation.modifiedSince(stored.head().headers(), nowMillis);
        List<Candidate> candidates = candidates(kept, modifiedSince != null);
        if (candidates.isEmpty()) {
            return NONE;
        }
        Map<String, String> fields = new HashMap<>();
        String noneMatch = Validation.noneMatch(
                candidates.stream().map(Candidate::fields).toList(), asked.allValues("If-None-Match"));
        if (noneMatch != null) {
            fields.put("If-None-Match", noneMatch);
        }
        if (modifiedSince != null) {
            fields.put("If-Modified-Since", modifiedSince);
        }
        return new Inquiry(fields, candidates, null);
    }

    private static List<Candidate> candidates(Kept kept, boolean dated) {
        List<Candidate> candidates = new ArrayList<>();
        StoredResponse stored = kept.response();
        if (stored != null) {
            HttpHeaders headers = stored.head().headers();
            boolean tagged = EntityTag.of(headers.allValues("ETag")) != null;
            if (tagged || dated) {
                candidates.add(new Candidate(stored.key(), headers));
            }
            if (!tagged && dated) {
                // RFC 9110 §13.1.3: beside If-None-Match its date would be ignored.
                return candidates;
            }
        }
        for (Variants.Variant variant : kept.variants()) {
            if (stored == null || !variant.key().equals(stored.key())) {
                candidates.add(new Candidate(
                        variant.key(), HttpHeaders.of(Map.of("ETag", List.of(variant.tag())), (name, value) -> true)));
            }
        }
        return candidates;
    }

    /** Returns whether a 304 may be the answer. */
    boolean isValidation() {
        return !candidates.isEmpty();
    }

    /** Returns whether a response is the one that was asked about by its tag alone. */
    boolean isStill(StoredResponse response) {
        EntityTag tag = EntityTag.of(response.head().headers().allValues("ETag"));
        for (Candidate candidate : candidates) {
            if (candidate.key.equals(response.key())) {
                return !response.isPart()
                        && tag != null
                        && tag.equals(EntityTag.of(candidate.fields.allValues("ETag")));
            }
        }
        return false;
    }

    /** Returns what a 304 with these fields means; null if nothing that was asked about. */
    @Nullable
    CacheKey confirmed(HttpHeaders update) {
        int index = Validation.confirmed(
                update, candidates.stream().map(Candidate::fields).toList());
        return index < 0 ? null : candidates.get(index).key();
    }
}
