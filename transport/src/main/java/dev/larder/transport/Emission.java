package dev.larder.transport;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Hands items that are all there to one subscriber, as it demands them, on the threads that demand them.
 *
 * <p>Reactive Streams asks for serial signals (§1.3), none before {@code onSubscribe} has returned: whoever raises
 * {@link #work} from zero delivers, everybody else leaves a note in it. The thread that subscribes begins as the one who
 * delivers. What it demands itself until it has delivered that needs no note: nearly every subscriber demands
 * everything at once, and is served without a single atomic instruction, which were a tenth of a hit.
 */
final class Emission<T> implements Flow.Subscription {
    private static final AtomicIntegerFieldUpdater<Emission<?>> WORK = work();
    private static final AtomicLongFieldUpdater<Emission<?>> DEMAND = demand();

    private final List<? extends T> items;
    private final Flow.Subscriber<? super T> subscriber;
    private final Thread first = Thread.currentThread();

    // Read and written through WORK alone.
    @SuppressWarnings("UnusedVariable")
    private volatile int work = 1;

    private volatile long demand;
    private volatile boolean cancelled;
    private volatile boolean badDemand;

    // Written by the first thread alone, and of interest to no other.
    private boolean firstDelivers = true;
    private long firstDemand;

    // Of whoever delivers.
    private int next;

    private Emission(List<? extends T> items, Flow.Subscriber<? super T> subscriber) {
        this.items = items;
        this.subscriber = subscriber;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicIntegerFieldUpdater<Emission<?>> work() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(Emission.class, "work");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicLongFieldUpdater<Emission<?>> demand() {
        return (AtomicLongFieldUpdater) AtomicLongFieldUpdater.newUpdater(Emission.class, "demand");
    }

    /** Subscribes {@code subscriber} and gives it all of {@code items}, then completion. */
    static <T> void emit(List<? extends T> items, Flow.Subscriber<? super T> subscriber) {
        Emission<T> emission = new Emission<>(items, subscriber);
        subscriber.onSubscribe(emission);
        emission.deliverFirst();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            badDemand = true;
        } else if (Thread.currentThread() == first && firstDelivers) {
            firstDemand = sum(firstDemand, n);
            return;
        } else {
            DEMAND.accumulateAndGet(this, n, Emission::sum);
        }
        if (WORK.getAndIncrement(this) == 0) {
            deliver();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    private static long sum(long have, long more) {
        return have + more < 0 ? Long.MAX_VALUE : have + more;
    }

    private void deliverFirst() {
        while (next < items.size() && firstDemand > 0 && !cancelled && !badDemand) {
            firstDemand--;
            subscriber.onNext(items.get(next++));
        }
        if (next == items.size() && !cancelled && !badDemand) {
            // The work stays with this thread for ever: there is none left.
            subscriber.onComplete();
            return;
        }
        firstDelivers = false;
        if (firstDemand > 0) {
            DEMAND.accumulateAndGet(this, firstDemand, Emission::sum);
        }
        deliver();
    }

    private void deliver() {
        int notes = 1;
        do {
            deliverDemanded();
            notes = WORK.addAndGet(this, -notes);
        } while (notes != 0);
    }

    private void deliverDemanded() {
        while (!cancelled) {
            if (badDemand) {
                cancelled = true;
                subscriber.onError(new IllegalArgumentException("demand must be positive (Reactive Streams 3.9)"));
            } else if (next == items.size()) {
                cancelled = true;
                subscriber.onComplete();
            } else if (demand > 0) {
                if (demand != Long.MAX_VALUE) {
                    DEMAND.decrementAndGet(this);
                }
                subscriber.onNext(items.get(next++));
            } else {
                return;
            }
        }
    }
}
