package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some of the responses to a URI that are kept for different values of request headers, by their tags: a request that
 * fits none of them can still ask whether one of them is its answer (RFC 9111 §4.3.1). Those of a stored form are read
 * when somebody first asks for them: a hit does not.
 */
final class Variants {
    static final Variants NONE = new Variants(List.of());

    // A request names all of them in one field.
    private static final int MOST = 8;
    private static final int LONGEST_TAG = 256;

    private final @Nullable Supplier<List<Variant>> reader;
    // Set at most twice to equal values, which a race between two readers does no harm to.
    private volatile @Nullable List<Variant> list;

    /**
     * A response that is kept.
     *
     * @param key where
     * @param tag its ETag
     */
    record Variant(CacheKey key, String tag) {}

    private Variants(List<Variant> list) {
        this.list = list;
        reader = null;
    }

    /** @param reader reads them, does not fail, and may be asked more than once */
    Variants(Supplier<List<Variant>> reader) {
        this.reader = reader;
    }

    /** Returns them, the most recent first. */
    List<Variant> list() {
        List<Variant> known = list;
        if (known == null) {
            known = reader == null ? List.of() : reader.get();
            list = known;
        }
        return known;
    }

    /** Returns these and {@code response}, which is one more; or this if that is known, or cannot be asked about. */
    Variants with(StoredResponse response) {
        EntityTag tag = EntityTag.of(response.head().headers().allValues("ETag"));
        if (tag == null || response.head().status() != 200 || tag.opaque().length() > LONGEST_TAG) {
            return this;
        }
        Variant variant = new Variant(response.key(), tag.toString());
        List<Variant> known = list();
        if (known.contains(variant)) {
            return this;
        }
        List<Variant> all = new ArrayList<>(MOST);
        all.add(variant);
        for (int i = 0; i < known.size() && all.size() < MOST; i++) {
            if (!known.get(i).key().equals(variant.key())) {
                all.add(known.get(i));
            }
        }
        return new Variants(List.copyOf(all));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Variants variants && list().equals(variants.list());
    }

    @Override
    public int hashCode() {
        return list().hashCode();
    }

    @Override
    public String toString() {
        return list().toString();
    }
}
