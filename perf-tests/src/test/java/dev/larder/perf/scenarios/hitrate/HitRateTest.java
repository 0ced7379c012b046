package dev.larder.perf.scenarios.hitrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.ForwardingStore;
import dev.larder.perf.suite.Planted;
import dev.larder.perf.suite.StoreChoice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HitRateTest {
    @Test
    void storeThatForgetsIsFound() throws Exception {
        StoreChoice forgetful = Planted.store(store -> new ForwardingStore(store) {
            @Override
            public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
                return null;
            }
        });

        assertThat(Planted.faults(HitRate.scenario(), forgetful))
                .contains(
                        "0 of 100 calls of phase 'warm' were answered by the store instead of 100",
                        "0 of 100 calls of phase 'half' were answered by the store instead of 50")
                .anySatisfy(fault ->
                        assertThat(fault).matches("[0-9]+ calls of the crowd reached the upstream instead of 100"))
                .hasSize(4);
    }
}
