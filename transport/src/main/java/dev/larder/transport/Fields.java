package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a response that is kept. Those of a stored form are read when somebody first asks for them:
 * most hits are served without.
 */
final class Fields {
    private final @Nullable Supplier<Map<String, List<String>>> reader;
    // Set at most twice to equal values, which a race between two readers does no harm to.
    private volatile @Nullable Map<String, List<String>> map;

    /** Makes fields that are known already; their names differ by more than case. Not to be modified from now on. */
    Fields(Map<String, List<String>> map) {
        this.map = map;
        reader = null;
    }

    /** @param reader reads the fields, does not fail, and may be asked more than once */
    Fields(Supplier<Map<String, List<String>>> reader) {
        this.reader = reader;
    }

    Map<String, List<String>> map() {
        Map<String, List<String>> known = map;
        if (known == null) {
            known = reader == null ? Map.of() : reader.get();
            map = known;
        }
        return known;
    }

    HttpHeaders headers() {
        return HttpHeaders.of(map(), (name, value) -> true);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fields fields && map().equals(fields.map());
    }

    @Override
    public int hashCode() {
        return map().hashCode();
    }

    @Override
    public String toString() {
        return map().toString();
    }
}
