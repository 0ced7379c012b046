package dev.larder.transport;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes a body on to the caller's subscriber as it arrives, and records it on the way.
 *
 * <p>While it records, it takes the body as fast as it comes, whatever the caller demands: the bytes are kept anyway,
 * and callers who follow must not wait for one who reads slowly or not at all. When the recording is over without an
 * end of the body, because it grew too large, the caller's demand alone decides again.
 *
 * <p>Upstream's signals and the caller's demand come from different threads. Whoever raises {@link #work} from zero
 * delivers, everybody else leaves a note in it.
 */
final class RecordingSubscriber<T> implements HttpResponse.BodySubscriber<T>, Flow.Subscription {
    private final HttpResponse.BodySubscriber<T> downstream;
    private final Lead lead;
    // Null once it is over, so that a long download does not hold what it will not keep. Set by upstream's signals
    // only.
    private volatile @Nullable Recording recording;
    private final boolean wholeFits;
    private final @Nullable Completion completion;
    private final ConcurrentLinkedQueue<List<ByteBuffer>> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger(1);
    // Not the downstream's own, which never ends once nothing is passed on any more.
    private final CompletableFuture<T> body = new CompletableFuture<>();

    private volatile Flow.Subscription upstream = new NoSubscription();
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private volatile boolean detached;
    private volatile boolean badDemand;

    // Touched only by whoever delivers.
    private boolean terminated;
    // How many pieces upstream was asked for, beyond the recording, and has not delivered.
    private final AtomicLong asked = new AtomicLong();

    /** @param declared the length of the body that was announced, -1 if none */
    RecordingSubscriber(HttpResponse.BodySubscriber<T> downstream, Lead lead, long declared, long maxEntryBytes) {
        this(downstream, lead, declared, maxEntryBytes, null);
    }

    /** @param completion what is passed on with the body, around it; null if nothing */
    RecordingSubscriber(
            HttpResponse.BodySubscriber<T> downstream,
            Lead lead,
            long declared,
            long maxEntryBytes,
            @Nullable Completion completion) {
        this.downstream = downstream;
        this.lead = lead;
        this.recording = new Recording(declared, maxEntryBytes);
        this.wholeFits = declared >= 0;
        this.completion = completion;
        if (completion != null && !completion.before().isEmpty()) {
            arrived.add(completion.before());
        }
        var unused = downstream.getBody().whenComplete((value, cause) -> {
            if (cause == null) {
                body.complete(value);
            } else {
                body.completeExceptionally(cause);
            }
        });
    }

    @Override
    public CompletionStage<T> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        lead.call().arriving(subscription);
        try {
            downstream.onSubscribe(this);
        } catch (RuntimeException e) {
            detach(e);
        }
        subscription.request(wholeFits ? Long.MAX_VALUE : 1);
        deliver();
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        boolean askForMore = false;
        Recording soFar = recording;
        if (soFar != null) {
            if (soFar.add(parts)) {
                askForMore = !wholeFits;
            } else {
                stopRecording();
                lead.overflowed();
            }
        } else if (asked.get() != Long.MAX_VALUE) {
            asked.decrementAndGet();
        }
        if (!detached) {
            arrived.add(parts);
        }
        if (askForMore) {
            upstream.request(1);
        }
        wake();
    }

    @Override
    public void onError(Throwable failure) {
        if (stopRecording() != null) {
            lead.failed(failure);
        }
        this.failure = failure;
        ended = true;
        wake();
    }

    @Override
    public void onComplete() {
        Recording whole = stopRecording();
        if (whole != null) {
            lead.recorded(whole);
        }
        if (completion != null) {
            complete(completion, whole);
        }
        ended = true;
        wake();
    }

    /** Passes on what comes behind the body, or fails if the body would leave a hole, or overlap that. */
    private void complete(Completion completion, @Nullable Recording whole) {
        if (whole == null || !whole.isWhole()) {
            failure = new IOException("the upstream has sent more or less of the part than it announced");
        } else if (!detached && !completion.behind().isEmpty()) {
            arrived.add(completion.behind());
        }
    }

    private @Nullable Recording stopRecording() {
        Recording soFar = recording;
        recording = null;
        return soFar;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            badDemand = true;
        } else {
            demand.accumulateAndGet(n, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        }
        wake();
    }

    @Override
    public void cancel() {
        detached = true;
        lead.leave();
        wake();
    }

    private void wake() {
        if (work.getAndIncrement() == 0) {
            deliver();
        }
    }

    private void deliver() {
        int notes = 1;
        do {
            try {
                deliverDemanded();
            } catch (RuntimeException e) {
                detach(e);
            }
            notes = work.addAndGet(-notes);
        } while (notes != 0);
    }

    private void deliverDemanded() {
        while (true) {
            boolean wasEnded = ended;
            if (terminated || detached) {
                arrived.clear();
                if (detached && recording == null && !ended) {
                    upstream.cancel();
                }
                return;
            }
            if (badDemand) {
                detach(new IllegalArgumentException("demand must be positive (Reactive Streams 3.9)"));
            } else if (arrived.isEmpty()) {
                if (wasEnded) {
                    terminate();
                } else {
                    askUpstream();
                }
                return;
            } else if (demand.get() > 0) {
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                List<ByteBuffer> parts = arrived.poll();
                if (parts != null) {
                    downstream.onNext(parts);
                }
            } else {
                return;
            }
        }
    }

    private void terminate() {
        terminated = true;
        Throwable cause = failure;
        if (cause == null) {
            downstream.onComplete();
        } else {
            downstream.onError(cause);
        }
    }

    private void askUpstream() {
        if (recording != null || wholeFits || ended) {
            return;
        }
        long wanted = demand.get();
        if (wanted > 0 && asked.get() == 0) {
            asked.set(wanted);
            upstream.request(wanted);
        }
    }

    /** Ends the caller's part with a failure of its own; the recording goes on if others wait for it. */
    private void detach(Throwable cause) {
        if (!detached) {
            detached = true;
            if (recording != null) {
                lead.leave();
            } else {
                upstream.cancel();
            }
            downstream.onError(cause);
        }
    }

    /** Stops passing the body on, because the caller has cancelled the call. */
    void abandon() {
        detached = true;
        body.complete(null);
        wake();
    }
}
