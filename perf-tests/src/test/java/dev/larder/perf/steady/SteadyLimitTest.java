package dev.larder.perf.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.ForwardingStore;
import dev.larder.perf.suite.Planted;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The search, over stores whose capacity is known: each call takes some of a time that is ours. */
class SteadyLimitTest {
    private static final Arrivals FROM_1000 = new Arrivals(1_000, Duration.ofSeconds(1));
    private static final Duration P99 = Duration.ofMillis(50);

    private final ManualTimeline time = new ManualTimeline();

    @Test
    void limitIsWhatTheStoreCanDo() throws InterruptedException {
        SteadyLimitResult result = run(store -> slow(store, Duration.ofNanos(100_000)));

        assertThat(result.limitPerSecond()).isEqualTo(10_000);
        assertThat(result.brokeAtPerSecond()).isEqualTo(11_000);
        // Those of the last hundredth of a second wait for 1,000 calls to be made, a tenth of a second.
        assertThat(result.brokeBy()).matches("p99 was (98|99|100)\\.[0-9] ms");
        assertThat(result.requests()).isEqualTo(10_000);
        assertThat(result.latency().max()).isCloseTo(100_000, within(100L));
        assertThat(result.violations()).isEmpty();
        assertThat(result.details())
                .containsEntry("limitPerSecond", 10_000)
                .containsEntry("brokeAtPerSecond", 11_000)
                .containsEntry("p99BoundNanos", P99.toNanos());
        assertThat((List<?>) result.details().get("steps")).hasSize(11);
    }

    @Test
    void callsThatAreDroppedBreakARate() throws InterruptedException {
        SteadyLimitResult result =
                run(store -> slow(store, Duration.ofMillis(1)), new Arrivals(4_000, Duration.ofSeconds(1)));

        assertThat(result.limitPerSecond()).isEqualTo(1_000);
        // In the window and the grace after it, some 2,000 are made.
        assertThat(result.steps().get(0).brokeBy()).matches("19[0-9]{2} of 4000 calls were dropped");
    }

    @Test
    void storeThatFailsFromSomeRateOnHoldsWhatIsBelowAndThatIsNoViolation() throws InterruptedException {
        SteadyLimitResult result = run(store -> new ForwardingStore(store) {
            private long lastGet = time.nanoTime() - Duration.ofSeconds(1).toNanos();

            @Override
            public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
                long now = time.nanoTime();
                boolean tooSoon = now - lastGet < Duration.ofNanos(200_000).toNanos();
                lastGet = now;
                if (tooSoon) {
                    throw new CacheStoreException(CacheStoreException.Kind.BUSY, "too many");
                }
                return super.get(key, deadline);
            }
        });

        assertThat(result.limitPerSecond()).isBetween(4_500, 5_000);
        assertThat(result.errors()).isZero();
        assertThat(result.brokeBy()).contains(" calls failed, the first with: ").contains("too many");
        assertThat(onSample(result).violations()).isEmpty();
    }

    @Test
    void wrongEntriesAreAViolationButOfABaseline() throws InterruptedException {
        SteadyLimitResult result = run(store -> new ForwardingStore(store) {
            @Override
            public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
                return Entries.of(-1, 0);
            }
        });

        assertThat(result.steps().get(0).brokeBy()).endsWith("the first with: the entry of another key");
        assertThat(result.violations()).isEmpty();
        assertThat(onSample(result).violations())
                .singleElement()
                .asString()
                .matches("map, steady-limit: [0-9]+ calls got an entry that is not what was put");
    }

    @Test
    void failuresAtEveryRateAreAViolation() throws InterruptedException {
        SteadyLimitResult result = run(store -> new ForwardingStore(store) {
            @Override
            public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
                throw new CacheStoreException(CacheStoreException.Kind.UNAVAILABLE, "gone");
            }

            @Override
            public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
                throw new CacheStoreException(CacheStoreException.Kind.UNAVAILABLE, "gone");
            }
        });

        assertThat(result.limitPerSecond()).isZero();
        assertThat(onSample(result).violations())
                .singleElement()
                .asString()
                .startsWith("map, steady-limit: no rate was held: of 1 a second 1 of 1 calls failed, the first with: ")
                .endsWith("gone");
    }

    private static ForwardingStore slow(CacheStore store, Duration each, ManualTimeline time) {
        return new ForwardingStore(store) {
            @Override
            public @Nullable CacheEntry get(CacheKey key, Deadline deadline) {
                time.advance(each);
                return super.get(key, deadline);
            }

            @Override
            public void put(CacheKey key, CacheEntry entry, Deadline deadline) {
                time.advance(each);
                super.put(key, entry, deadline);
            }
        };
    }

    private ForwardingStore slow(CacheStore store, Duration each) {
        return slow(store, each, time);
    }

    private static SteadyLimitResult onSample(SteadyLimitResult result) {
        return new SteadyLimitResult(StoreChoices.named("map").get(0), P99, 1, result.limitPerSecond(), result.steps());
    }

    private SteadyLimitResult run(UnaryOperator<CacheStore> planted) throws InterruptedException {
        return run(planted, FROM_1000);
    }

    private SteadyLimitResult run(UnaryOperator<CacheStore> planted, Arrivals first) throws InterruptedException {
        StoreChoice store = Planted.store(planted);
        LimitPlan plan = new LimitPlan(List.of(store), first, Duration.ofMillis(10), 1, 100, P99);
        return new SteadyLimit(plan, () -> time).run(Progress.none()).get(0);
    }
}
