package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmissionTest {
    private static final List<Integer> ITEMS = List.of(1, 2, 3);

    /** Notes its signals, and does at some of them what the test says. */
    private static class Sink implements Flow.Subscriber<Integer> {
        final List<Object> signals = new ArrayList<>();
        Flow.Subscription subscription = new NoSubscription();
        private final Consumer<Sink> atStart;
        private final Consumer<Sink> atItem;

        Sink(Consumer<Sink> atStart, Consumer<Sink> atItem) {
            this.atStart = atStart;
            this.atItem = atItem;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            atStart.accept(this);
            signals.add("begin");
        }

        @Override
        public void onNext(Integer item) {
            signals.add(item);
            atItem.accept(this);
            // Whoever was served in between would be here before this.
            signals.add("end of " + item);
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(failure.getClass());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    private static Sink emit(Consumer<Sink> atStart, Consumer<Sink> atItem) {
        Sink sink = new Sink(atStart, atItem);
        Emission.emit(ITEMS, sink);
        return sink;
    }

    private static Consumer<Sink> request(long n) {
        return sink -> sink.subscription.request(n);
    }

    private static void nothing(Sink sink) {}

    @ParameterizedTest
    @ValueSource(longs = {3, 4, Long.MAX_VALUE})
    void everythingIsDeliveredInTurnOnceSubscribed(long demand) {
        assertThat(emit(request(demand), EmissionTest::nothing).signals)
                .containsExactly("begin", 1, "end of 1", 2, "end of 2", 3, "end of 3", "complete");
    }

    @Test
    void oneAtATimeIsDemandedFromWithin() {
        assertThat(emit(request(1), request(1)).signals)
                .containsExactly("begin", 1, "end of 1", 2, "end of 2", 3, "end of 3", "complete");
    }

    @Test
    void demandsAddUpWithoutOverflow() {
        Sink sink = emit(request(Long.MAX_VALUE).andThen(request(Long.MAX_VALUE)), request(Long.MAX_VALUE));
        assertThat(sink.signals).endsWith("complete");
    }

    @Test
    void noMoreIsDeliveredThanDemanded() {
        Sink sink = emit(request(2), EmissionTest::nothing);
        assertThat(sink.signals).containsExactly("begin", 1, "end of 1", 2, "end of 2");
        sink.subscription.request(1);
        assertThat(sink.signals).endsWith(3, "end of 3", "complete");
        sink.subscription.request(1);
        sink.subscription.request(-1);
        assertThat(sink.signals).endsWith("end of 3", "complete");
    }

    @Test
    void completionNeedsNoDemand() {
        Sink sink = new Sink(EmissionTest::nothing, EmissionTest::nothing);
        Emission.emit(List.<Integer>of(), sink);
        assertThat(sink.signals).containsExactly("begin", "complete");
    }

    @Test
    void aBadDemandIsAnErrorAndTheEnd() {
        assertThat(emit(request(0), EmissionTest::nothing).signals)
                .containsExactly("begin", IllegalArgumentException.class);
        assertThat(emit(request(1), request(-1)).signals)
                .containsExactly("begin", 1, "end of 1", IllegalArgumentException.class);
        Sink late = emit(request(1), EmissionTest::nothing);
        late.subscription.request(0);
        late.subscription.request(9);
        assertThat(late.signals).containsExactly("begin", 1, "end of 1", IllegalArgumentException.class);
    }

    @Test
    void nothingFollowsACancellation() {
        assertThat(emit(sink -> sink.subscription.cancel(), EmissionTest::nothing).signals)
                .containsExactly("begin");
        Sink sink = emit(request(3), within -> within.subscription.cancel());
        sink.subscription.request(3);
        assertThat(sink.signals).containsExactly("begin", 1, "end of 1");
    }

    @Test
    void demandsOfAnotherThreadAreServedByWhoeverDelivers() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch demanded = new CountDownLatch(1);
            // While the first item is being delivered here, the rest is demanded there.
            Sink sink = emit(request(1), within -> {
                if (demanded.getCount() > 0) {
                    other.execute(() -> {
                        within.subscription.request(1);
                        demanded.countDown();
                    });
                    await(demanded);
                }
            });
            assertThat(sink.signals).containsExactly("begin", 1, "end of 1", 2, "end of 2");
            other.submit(() -> sink.subscription.request(5)).get(30, TimeUnit.SECONDS);
            assertThat(sink.signals).endsWith(3, "end of 3", "complete");
        } finally {
            other.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
