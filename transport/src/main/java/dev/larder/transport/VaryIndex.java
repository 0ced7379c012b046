package dev.larder.transport;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands under the key of requests whose responses vary: by which headers (RFC 9111 §4.1). The responses
 * themselves are kept under {@linkplain KeyHasher#variantOf keys of their own}, any number of them, which a request
 * finds by its values of these headers.
 *
 * @param key where this is kept
 * @param selections the lists of header names that responses were seen to vary by, the most recent first
 * @param variants some of these responses, to be asked about where none fits
 */
record VaryIndex(CacheKey key, List<List<String>> selections, Variants variants) implements Stored {
    // Servers are known to name other headers on an error page, or after a new release.
    private static final int MOST_SELECTIONS = 8;

    /** Returns this with another response, or {@code known} if that has nothing new. */
    static VaryIndex with(@Nullable VaryIndex known, CacheKey key, StoredResponse response) {
        List<String> names = response.head().varyNames();
        if (known == null) {
            return new VaryIndex(key, List.of(names), Variants.NONE.with(response));
        }
        Variants variants = known.variants.with(response);
        if (known.selections.contains(names)) {
            return variants.equals(known.variants) ? known : new VaryIndex(key, known.selections, variants);
        }
        List<List<String>> all = new ArrayList<>(MOST_SELECTIONS);
        all.add(names);
        all.addAll(known.selections.subList(0, Math.min(known.selections.size(), MOST_SELECTIONS - 1)));
        return new VaryIndex(key, List.copyOf(all), variants);
    }

    /** Returns the keys under which responses to {@code request} may be kept. */
    List<CacheKey> keys(HttpRequest request) {
        List<CacheKey> keys = new ArrayList<>(selections.size());
        for (List<String> names : selections) {
            keys.add(KeyHasher.variantOf(key, request, names));
        }
        return keys;
    }

    /** Returns the form in which a store keeps this, for as long as the response that led to it. */
    CacheEntry toEntry(Instant storedAt, Instant deleteAt, Set<String> tags) {
        return CacheEntry.newBuilder()
                .metadata(StoredCodec.encode(this))
                .data(new byte[0])
                .storedAt(storedAt)
                .deleteAt(deleteAt)
                .tags(tags)
                .build();
    }
}
