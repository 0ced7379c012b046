package dev.larder.perf.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStores;
import dev.larder.cache.tck.FaultyStore;
import dev.larder.cache.tck.FaultyStore.Method;
import dev.larder.perf.suite.Entries;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The arithmetic of latency, lateness and dropping, in a time that the test makes: calls themselves take none. */
@Timeout(60)
class OpenLoopTest {
    private static final CacheKey KEY = CacheKey.sha256(new byte[] {7});
    private static final Arrivals HUNDRED = new Arrivals(100, Duration.ofSeconds(1));

    private final ManualTimeline time = new ManualTimeline();
    private final FaultyStore store = new FaultyStore(CacheStores.open("memory:"));

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** Returns a loop of gets for a crew of one, which has begun and has made its first call when that stalls. */
    private CompletableFuture<OpenLoop> startStalled() throws InterruptedException {
        store.stall(Method.GET);
        OpenLoop loop = new OpenLoop(HUNDRED, number -> StoreCall.get(store, 7, KEY), time);
        CompletableFuture<OpenLoop> ended = CompletableFuture.supplyAsync(() -> run(loop, 1));
        store.awaitStalled(1);
        return ended;
    }

    private static OpenLoop run(OpenLoop loop, int users) {
        try {
            loop.run(users, () -> {});
            return loop;
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void stallIsTheLatencyOfEveryCallThatWasDueMeanwhile() throws Exception {
        CompletableFuture<OpenLoop> ended = startStalled();

        time.advance(Duration.ofMillis(500));
        store.heal();

        // Those due at 0, 10, ... 490 ms end at 500 ms; those due from 500 ms on end when they begin. A caller that
        // measured from the beginning of each call would have seen one slow call of 100, and a p99 of 0.
        Operations reads = ended.join().reads().operations();
        assertThat(reads.requests()).isEqualTo(100);
        assertThat(reads.dropped()).isZero();
        assertThat(reads.errors()).isZero();
        assertThat(reads.late()).as("all but the first, which began in time").isEqualTo(49);
        assertThat(reads.latency().max()).isCloseTo(millis(500), aThousandth(500));
        assertThat(reads.latency().p99()).isCloseTo(millis(490), aThousandth(490));
        assertThat(reads.latency().p95()).isCloseTo(millis(450), aThousandth(450));
        assertThat(reads.latency().p50()).isZero();
        assertThat(reads.latency().mean()).isCloseTo(millis(500 * 51 / 2) / 100, aThousandth(128));
        assertThat(ended.join().wallNanos()).isEqualTo(millis(990));
    }

    @Test
    void noCallIsLateWhereNothingStalls() {
        OpenLoop loop = run(new OpenLoop(HUNDRED, number -> StoreCall.get(store, 7, KEY), time), 1);

        Operations reads = loop.reads().operations();
        assertThat(reads.requests()).isEqualTo(100);
        assertThat(reads.late()).isZero();
        assertThat(reads.latency().max()).isZero();
    }

    @Test
    void callThatCannotBeginWithinTheGraceIsDropped() throws Exception {
        CompletableFuture<OpenLoop> ended = startStalled();

        time.advance(HUNDRED.window().plus(OpenLoop.GRACE).plusNanos(1));
        store.heal();

        Operations reads = ended.join().reads().operations();
        assertThat(reads.requests()).as("the one under way").isEqualTo(1);
        assertThat(reads.dropped()).isEqualTo(99);
        assertThat(reads.offered()).isEqualTo(HUNDRED.count());
        assertThat(store.calls(Method.GET)).isEqualTo(1);
    }

    @Test
    void callThatBeginsAtTheEndOfTheGraceIsMade() throws Exception {
        CompletableFuture<OpenLoop> ended = startStalled();

        time.advance(HUNDRED.window().plus(OpenLoop.GRACE));
        store.heal();

        Operations reads = ended.join().reads().operations();
        assertThat(reads.requests()).isEqualTo(100);
        assertThat(reads.late()).isEqualTo(99);
        assertThat(reads.latency().max()).isCloseTo(millis(2000), aThousandth(2000));
        assertThat(reads.latency().min()).isCloseTo(millis(1010), aThousandth(1010));
    }

    @Test
    void othersOfTheCrewGoOnWhileOneStalls() throws Exception {
        store.stall(Method.GET);
        CountDownLatch allTaken = new CountDownLatch(100);
        try (CacheStore healthy = CacheStores.open("memory:")) {
            OpenLoop loop = new OpenLoop(
                    HUNDRED,
                    number -> {
                        allTaken.countDown();
                        return StoreCall.get(number == 0 ? store : healthy, 7, KEY);
                    },
                    time);
            CompletableFuture<OpenLoop> ended = CompletableFuture.supplyAsync(() -> run(loop, 4));
            store.awaitStalled(1);
            allTaken.await();
            store.heal();

            assertThat(ended.join().reads().operations().requests()).isEqualTo(100);
            assertThat(healthy.stats().misses()).isEqualTo(99);
        }
    }

    @Test
    void readsAndWritesAreToldApart() {
        OpenLoop loop = run(
                new OpenLoop(
                        HUNDRED,
                        number -> number < 30
                                ? StoreCall.put(store, 7, KEY, Entries.of(7, number))
                                : StoreCall.get(store, 7, KEY),
                        time),
                1);

        assertThat(loop.writes().operations().requests()).isEqualTo(30);
        assertThat(loop.reads().operations().requests()).isEqualTo(70);
        assertThat(loop.all().operations().requests()).isEqualTo(100);
        assertThat(loop.all().hits()).isEqualTo(70);
        assertThat(loop.all().firstError()).isNull();
    }

    @Test
    void failedCallsAreErrorsAndHaveALatency() {
        store.failWith(new CacheStoreException(CacheStoreException.Kind.FULL, "no room"), Method.GET);

        OpenLoop loop = run(new OpenLoop(HUNDRED, number -> StoreCall.get(store, 7, KEY), time), 1);

        assertThat(loop.reads().operations().requests()).isEqualTo(100);
        assertThat(loop.reads().operations().errors()).isEqualTo(100);
        assertThat(loop.all().firstError()).contains("no room");
        assertThat(loop.all().hits()).isZero();
    }

    @Test
    void wrongValuesAreErrors() {
        store.returnGarbage(Method.GET);

        OpenLoop loop = run(new OpenLoop(HUNDRED, number -> StoreCall.get(store, 7, KEY), time), 1);

        assertThat(loop.reads().operations().errors()).isEqualTo(100);
        assertThat(loop.all().firstError()).isEqualTo("an entry with 4 bytes of metadata");
    }

    @Test
    void mistakeOfTheLoadItselfIsNoResult() {
        OpenLoop loop = new OpenLoop(
                HUNDRED,
                number -> {
                    throw new UnsupportedOperationException("planted");
                },
                time);

        assertThatThrownBy(() -> loop.run(2, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("planted");
    }

    @Test
    void interruptEndsTheLoop() throws Exception {
        store.stall(Method.GET);
        OpenLoop loop = new OpenLoop(HUNDRED, number -> StoreCall.get(store, 7, KEY), Timeline.system());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread runner = new Thread(() -> {
            try {
                loop.run(2, () -> {});
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        runner.start();
        store.awaitStalled(1);

        runner.interrupt();

        assertThat(interrupted.join()).isTrue();
    }

    @Test
    void theSystemsTimeIsNotBeforeTheOneThatWasAwaited() throws InterruptedException {
        Timeline system = Timeline.system();
        for (int i = 0; i < 20; i++) {
            long due = system.nanoTime() + Duration.ofMillis(1).toNanos();
            system.await(due);
            assertThat(system.nanoTime() - due).isNotNegative();
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() ->
                        system.await(system.nanoTime() + Duration.ofHours(1).toNanos()))
                .isInstanceOf(InterruptedException.class);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** What a histogram of three digits may be off. */
    private static Offset<Long> aThousandth(long millis) {
        return within(millis(millis) / 1000);
    }
}
