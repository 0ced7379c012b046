package dev.larder.transport;

import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands items that are all there to one subscriber, as it demands them, on the threads that demand them.
 *
 * <p>Reactive Streams asks for serial signals (§1.3), none before {@code onSubscribe} has returned: whoever raises
 * {@link #work} from zero delivers, everybody else leaves a note in it.
 */
final class Emission<T> implements Flow.Subscription {
    private final Iterator<? extends T> items;
    private final Flow.Subscriber<? super T> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger(1);
    private volatile boolean done;
    private volatile boolean badDemand;

    private Emission(Iterator<? extends T> items, Flow.Subscriber<? super T> subscriber) {
        this.items = items;
        this.subscriber = subscriber;
    }

    /** Subscribes {@code subscriber} and gives it all of {@code items}, then completion. */
    static <T> void emit(Iterable<? extends T> items, Flow.Subscriber<? super T> subscriber) {
        Emission<T> emission = new Emission<>(items.iterator(), subscriber);
        subscriber.onSubscribe(emission);
        emission.deliver();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            badDemand = true;
        } else {
            demand.accumulateAndGet(n, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        }
        if (work.getAndIncrement() == 0) {
            deliver();
        }
    }

    @Override
    public void cancel() {
        done = true;
    }

    private void deliver() {
        int notes = 1;
        do {
            deliverDemanded();
            notes = work.addAndGet(-notes);
        } while (notes != 0);
    }

    private void deliverDemanded() {
        while (!done) {
            if (badDemand) {
                done = true;
                subscriber.onError(new IllegalArgumentException("demand must be positive (Reactive Streams 3.9)"));
            } else if (!items.hasNext()) {
                done = true;
                subscriber.onComplete();
            } else if (demand.get() > 0) {
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                subscriber.onNext(items.next());
            } else {
                return;
            }
        }
    }
}
