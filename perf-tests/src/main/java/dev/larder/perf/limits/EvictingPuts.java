package dev.larder.perf.limits;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Call;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Recorded;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How long single puts of new keys take where each makes another entry go, beside the same where there is room. */
final class EvictingPuts {
    private final StoreFiles files;
    private final Rows rows;
    private final int count;

    /** @param count how many rows a file holds at first, and is bound to */
    EvictingPuts(StoreFiles files, Rows rows, int count) {
        this.files = files;
        this.rows = rows;
        this.count = count;
    }

    /** Returns the side of a store that is full. */
    Side full(int callers) {
        return puts(callers, file -> StoreFiles.openFull(file, count), (store, operations) -> {
            long evicted = store.stats().evictions();
            if (evicted < operations / 2) {
                throw new LimitsException(operations + " puts into a full store have evicted only " + evicted);
            }
        });
    }

    /** Returns the side of a store that has room. */
    Side roomy(int callers) {
        return puts(callers, StoreFiles::openCommitted, (store, operations) -> {
            if (store.stats().evictions() > 0) {
                throw new LimitsException("a store with room has evicted something");
            }
        });
    }

    private interface Check {
        void check(CacheStore store, long operations);
    }

    private Side puts(int callers, Function<Path, CacheStore> opening, Check check) {
        GrowingFile file = new GrowingFile(files, count);
        return Side.of(() -> opening.apply(file.path()), (store, operations) -> {
            int each = Math.toIntExact(operations / callers);
            CacheKey[][] keys = file.newKeys(callers, each);
            return () -> {
                Recorded recorded =
                        Callers.run(callers, each, number -> iteration -> new Put(store, keys[number][iteration]));
                if (recorded.errors() > 0) {
                    throw new LimitsException(recorded.errors() + " of " + operations + " puts failed, the first with: "
                            + recorded.firstError());
                }
                store.flush(Deadline.never());
                check.check(store, operations);
                return new Sample(
                        operations, recorded.wallNanos(), recorded.latency().p99(), 0);
            };
        });
    }

    /** One put that waits for its commit. */
    private final class Put implements Call {
        private final CacheStore store;
        private final CacheKey key;

        Put(CacheStore store, CacheKey key) {
            this.store = store;
            this.key = key;
        }

        @Override
        public void make() {
            store.put(key, rows.entry(key), Deadline.never());
        }

        @Override
        public @Nullable String fault() {
            return null;
        }
    }
}
