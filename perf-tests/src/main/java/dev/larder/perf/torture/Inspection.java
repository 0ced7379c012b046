package dev.larder.perf.torture;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens a store that nobody else has open any more, and reads everything back in every way there is. */
final class Inspection {
    private Inspection() {}

    /**
     * Returns what each owner's keys hold.
     *
     * @throws TortureException if an entry is none that was put, or if the ways of reading disagree
     */
    static List<Holdings> holdings(String spec, int owners, int keys) {
        try (CacheStore store = CacheStores.open(spec)) {
            List<Holdings> found = new ArrayList<>();
            for (int owner = 0; owner < owners; owner++) {
                found.add(holdings(store, owner, keys));
            }
            checkScan(store, found);
            return found;
        }
    }

    private static Holdings holdings(CacheStore store, int owner, int keys) {
        Performer performer = new Performer(store, owner);
        Holdings found = new Holdings(keys);
        for (int index = 0; index < keys; index++) {
            long version = performer.get(owner, index);
            if (version == Contents.MALFORMED) {
                throw new TortureException("key " + index + " of owner " + owner + " holds " + Contents.text(version));
            }
            found.set(index, version);
        }
        return found;
    }

    private static void checkScan(CacheStore store, List<Holdings> found) {
        Map<CacheKey, int[]> present = new HashMap<>();
        for (int owner = 0; owner < found.size(); owner++) {
            for (int index = 0; index < found.get(owner).size(); index++) {
                if (found.get(owner).get(index) != Contents.ABSENT) {
                    present.put(Contents.key(owner, index), new int[] {owner, index});
                }
            }
        }
        int entries = present.size();
        store.scan(
                (key, entry) -> {
                    int[] place = present.remove(key);
                    if (place == null) {
                        throw new TortureException("a scan shows a key that cannot be got, or shows it twice: " + key);
                    }
                    if (Contents.version(place[0], place[1], entry)
                            != found.get(place[0]).get(place[1])) {
                        throw new TortureException("a scan shows another entry than get finds under " + key);
                    }
                },
                Deadline.never());
        if (!present.isEmpty()) {
            throw new TortureException("a scan does not show " + present.size() + " keys that can be got");
        }
        if (store.stats().entries() != entries || store.stats().corrupt() != 0) {
            throw new TortureException("a scan shows " + entries + " entries, and the store counts " + store.stats());
        }
    }
}
