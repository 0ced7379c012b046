package dev.larder.perf.scenarios.hitrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.ForwardingStore;
import dev.larder.perf.suite.Planted;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What traces find out. */
class TracesTest {
    private static final Trace TRACE = Trace.zipf(300, 2_000, 1);
    private static final Bound BOUND = Bound.of("medium", 300, 20);

    @Test
    void traceIsTheSameEveryTimeAndHasPopularEntries() {
        Trace again = Trace.zipf(300, 2_000, 1);
        for (int call = 0; call < TRACE.length(); call++) {
            assertThat(again.number(call)).isEqualTo(TRACE.number(call));
        }
        // By the law, ranks 0 and 9 are asked for in 1 of 6.3 and of 63 calls.
        assertThat(TRACE.hits(number -> number == 0)).isBetween(250, 400);
        assertThat(TRACE.hits(number -> number == 9)).isBetween(20, 50);
    }

    @Test
    void storeWithoutABoundAnswersAllButTheFirstCalls() {
        Traces traces = run("map");

        assertThat(traces.faults()).isEmpty();
        assertThat(traces.results()).singleElement().satisfies(traced -> {
            assertThat(traced.bounded()).isFalse();
            assertThat(traced.ratio()).isEqualTo(TRACE.mostHits() / 2_000.0);
            assertThat(traced.ofOptimum()).isGreaterThan(1);
        });
    }

    @Test
    void boundedStoreAnswersNoMoreThanTheOptimumAndNotMuchLessThanCaffeine() {
        Traces traces = run("memory");

        assertThat(traces.faults()).isEmpty();
        assertThat(traces.results()).singleElement().satisfies(traced -> {
            assertThat(traced.bounded()).isTrue();
            assertThat(traced.ofOptimum()).isCloseTo(traced.ratio() / traced.optimum(), within(1e-9));
            assertThat(traced.ofOptimum()).isLessThan(1);
            assertThat(traced.caffeine()).isLessThan(traced.optimum());
        });
    }

    @Test
    void storeThatLosesWhatItShouldKeepIsFound() throws Exception {
        StoreChoice forgetful = Planted.store(store -> new ForwardingStore(store) {
            @Override
            public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
                return key.bytes()[0] % 16 == 0 ? null : super.get(key, deadline);
            }
        });

        assertThat(run(forgetful).faults())
                .singleElement()
                .asString()
                .endsWith("found their entry, and none was evicted")
                .contains(" instead of " + TRACE.mostHits() + " calls of a Zipf trace of exponent 1.0");
    }

    @Test
    void storeThatReturnsTheEntryOfAnotherKeyIsFound() throws Exception {
        StoreChoice mixed = Planted.store(store -> new ForwardingStore(store) {
            @Override
            public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
                return super.get(key, deadline) == null ? null : Entries.of(301, 0);
            }
        });

        assertThat(run(mixed).faults()).containsExactly("the entry of another key");
    }

    @Test
    void storeThatEvictsWhatIsUsedIsFound() {
        assertThat(Traces.fault("of a trace", 499, Traces.UNKNOWN, 1_000))
                .isEqualTo("499 calls of a trace found their entry, and with Caffeine of the same size 1000: what is"
                        + " used is not what stays");
        assertThat(Traces.fault("of a trace", 500, Traces.UNKNOWN, 1_000)).isNull();
        assertThat(Traces.fault("of a trace", 0, Traces.UNKNOWN, Traces.UNKNOWN))
                .isNull();
    }

    private static Traces run(String store) {
        return run(StoreChoices.named(store).get(0));
    }

    private static Traces run(StoreChoice store) {
        try (Bench bench = new Bench()) {
            Traces traces = new Traces(bench, store);
            traces.run(1, TRACE, BOUND);
            return traces;
        }
    }
}
