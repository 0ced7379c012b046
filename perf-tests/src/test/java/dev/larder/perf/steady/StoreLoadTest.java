package dev.larder.perf.steady;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.ForwardingStore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreLoadTest {
    @Test
    void sixtyOfAHundredReadAndHalfOfTheOthersPutNewEntries() {
        try (CacheStore store = CacheStores.open("memory:")) {
            StoreLoad load = new StoreLoad(store, 100);
            load.fill();
            assertThat(store.stats().entries()).isEqualTo(100);

            int reads = 0;
            for (int arrival = 0; arrival < 10_000; arrival++) {
                StoreCall call = load.call(arrival);
                call.make();
                assertThat(call.fault()).isNull();
                assertThat(call.hasFound()).isEqualTo(call.isRead());
                reads += call.isRead() ? 1 : 0;
            }

            // Five standard deviations.
            assertThat(reads).isBetween(6_000 - 245, 6_000 + 245);
            assertThat(store.stats().puts()).isEqualTo(100 + 10_000 - reads);
            assertThat(store.stats().entries()).isBetween(100L + 2_000 - 200, 100L + 2_000 + 200);
        }
    }

    @Test
    void whichCallDoesWhatFollowsFromItsNumber() {
        try (CacheStore store = CacheStores.open("memory:")) {
            StoreLoad one = new StoreLoad(store, 10);
            StoreLoad other = new StoreLoad(store, 10);

            assertThat(IntStream.range(0, 1000).mapToObj(i -> one.call(i).isRead()))
                    .isEqualTo(IntStream.range(0, 1000)
                            .mapToObj(i -> other.call(i).isRead())
                            .toList());
            one.fill();
            assertThat(IntStream.range(0, 1000).mapToObj(other::call).filter(StoreCall::isRead))
                    .as("runs do not find what others have put")
                    .allSatisfy(call -> {
                        call.make();
                        assertThat(call.hasFound()).isFalse();
                    });
        }
    }

    @Test
    void flushTellsWhatHasFailedOfWhatWasAccepted() {
        try (CacheStore store = CacheStores.open("memory:")) {
            CacheStore full = new ForwardingStore(store) {
                @Override
                public void flush(Deadline deadline) {
                    throw new CacheStoreException(CacheStoreException.Kind.FULL, "no room for it");
                }
            };

            assertThat(new StoreLoad(store, 1).flush()).isNull();
            assertThat(new StoreLoad(full, 1).flush()).contains("no room for it");
        }
    }

    @Test
    void popularRanksAreChosenMoreOften() {
        Zipf zipf = new Zipf(1000);
        int[] chosen = new int[1000];
        for (int i = 0; i < 100_000; i++) {
            chosen[zipf.rank(i / 100_000.0)]++;
        }

        assertThat(IntStream.range(1, 1000))
                .allSatisfy(rank -> assertThat(chosen[rank]).isBetween(1, chosen[rank - 1] + 1));
        assertThat(chosen[0] / (double) chosen[9]).isBetween(9.5, 10.0);
        assertThat(zipf.rank(0)).isZero();
        assertThat(zipf.rank(Math.nextDown(1.0))).isEqualTo(999);
    }

    @Test
    void entryTellsWhetherItIsRight() {
        CacheEntry entry = Entries.of(5, 3);
        assertThat(entry.data()).hasSize(1024);
        assertThat(Entries.fault(5, entry)).isNull();
        assertThat(Entries.fault(6, entry)).isEqualTo("the entry of another key");

        byte[] torn = entry.data().clone();
        System.arraycopy(Entries.of(5, 4).data(), 512, torn, 512, 512);
        assertThat(Entries.fault(5, copy(entry).data(torn).build())).isEqualTo("an entry that is not what was put");
        assertThat(Entries.fault(
                        5, copy(entry).storedAt(entry.storedAt().plusNanos(1)).build()))
                .isEqualTo("an entry that is not what was put");
        assertThat(Entries.fault(5, copy(entry).metadata(new byte[4]).build()))
                .isEqualTo("an entry with 4 bytes of metadata");
    }

    private static CacheEntry.Builder copy(CacheEntry entry) {
        return CacheEntry.newBuilder()
                .metadata(entry.metadata())
                .data(entry.data())
                .storedAt(entry.storedAt())
                .deleteAt(entry.deleteAt());
    }
}
