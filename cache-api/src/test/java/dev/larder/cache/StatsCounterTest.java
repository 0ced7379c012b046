package dev.larder.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatsCounterTest {
    @Test
    void eachCounterCountsItsOwn() {
        StatsCounter counter = new StatsCounter();
        assertThat(counter.snapshot(0, 0)).isEqualTo(new StoreStats(0, 0, 0, 0, 0, 0, 0, 0, 0));
        counter.recordLookup(true);
        counter.recordLookup(false);
        counter.recordLookup(false);
        counter.recordPuts(3);
        counter.recordRemovals(4);
        counter.recordEvictions(5);
        for (int i = 0; i < 6; i++) {
            counter.recordCorrupt();
        }
        for (int i = 0; i < 7; i++) {
            counter.recordFailure();
        }
        assertThat(counter.snapshot(8, 9)).isEqualTo(new StoreStats(1, 2, 3, 4, 5, 6, 7, 8, 9));
    }
}
