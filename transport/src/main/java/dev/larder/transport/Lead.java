package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The part of the caller that makes the upstream call for a flight: decides whether the answer is kept, and ends the
 * flight accordingly.
 *
 * <p>Where the client follows redirects, or logs in, only the finished response tells whether it answers the request
 * that was made. Then two things must come together before anything is kept: the whole body and that response, in
 * either order.
 */
final class Lead implements Lookup {
    private final CacheEngine engine;
    private final Ask ask;
    private final Flight flight;
    private final AtomicBoolean left = new AtomicBoolean();

    // All guarded by this.
    private StoredResponse.@Nullable Head head;
    private @Nullable StoredResponse candidate;
    private @Nullable RecordingSubscriber<?> subscriber;
    private @Nullable CompletableFuture<?> call;
    private Flow.@Nullable Subscription body;
    private boolean applied;
    private boolean kept;
    private boolean confirmed;
    private boolean cancelled;
    private boolean abandoned;

    Lead(CacheEngine engine, Ask ask, Flight flight) {
        this.engine = engine;
        this.ask = ask;
        this.flight = flight;
        confirmed = !engine.responseMayAnswerAnotherRequest();
        flight.onAbandoned(this::abandon);
    }

    /** Returns the handler to send the call with. */
    <T> HttpResponse.BodyHandler<T> recording(HttpResponse.BodyHandler<T> handler) {
        return info -> subscriberFor(info, handler);
    }

    private <T> HttpResponse.BodySubscriber<T> subscriberFor(
            HttpResponse.ResponseInfo info, HttpResponse.BodyHandler<T> handler) {
        HttpHeaders headers = info.headers();
        String refusal = Decisions.refusal(info.statusCode(), headers, ask.rule(), engine.maxEntryBytes());
        if (refusal == null && engine.haveCookiesChanged(ask)) {
            refusal = "the cookies have changed since the key was made";
        }
        synchronized (this) {
            applied = true;
            kept = refusal == null;
        }
        HttpResponse.ResponseInfo labelled =
                ServedHead.labelled(info.statusCode(), info.version(), headers, cacheStatus());
        if (refusal != null) {
            refuse(refusal);
            return left.get() ? HttpResponse.BodySubscribers.replacing(null) : handler.apply(labelled);
        }
        HttpResponse.BodySubscriber<T> downstream =
                left.get() ? HttpResponse.BodySubscribers.replacing(null) : handler.apply(labelled);
        RecordingSubscriber<T> recorder =
                new RecordingSubscriber<>(downstream, this, Decisions.contentLength(headers), engine.maxEntryBytes());
        synchronized (this) {
            head = Decisions.head(
                    ask.key(),
                    ask.request(),
                    ask.rule(),
                    info.statusCode(),
                    info.version(),
                    headers,
                    engine.clock().instant());
            subscriber = recorder;
        }
        if (left.get()) {
            recorder.abandon();
        }
        return recorder;
    }

    /** Returns our member of Cache-Status, as far as it is known. */
    String cacheStatus() {
        synchronized (this) {
            return CacheStatus.miss(kept);
        }
    }

    /** The call went out, and cancelling this future cancels it. */
    void sent(CompletableFuture<?> call) {
        synchronized (this) {
            this.call = call;
            if (!abandoned) {
                return;
            }
        }
        giveUp();
    }

    /** The body has begun to arrive. */
    void arriving(Flow.Subscription body) {
        synchronized (this) {
            this.body = body;
            if (!abandoned) {
                return;
            }
        }
        giveUp();
    }

    private void abandon() {
        synchronized (this) {
            abandoned = true;
        }
        giveUp();
    }

    /**
     * Gives the upstream call up, by one means only: on JDK 25 a connection stays open whose body is cancelled after
     * its call was. A caller who has merely stopped reading may still wait for its future, which is left alone.
     */
    private void giveUp() {
        CompletableFuture<?> callToCancel;
        Flow.Subscription bodyToCancel;
        synchronized (this) {
            callToCancel = cancelled ? call : null;
            bodyToCancel = body;
        }
        if (callToCancel != null && callToCancel.cancel(true)) {
            return;
        }
        if (bodyToCancel != null && (callToCancel == null || !callToCancel.isCancelled())) {
            bodyToCancel.cancel();
        }
    }

    /** The caller has no more interest in the answer. The call goes on if others have. */
    void leave() {
        if (left.compareAndSet(false, true)) {
            flight.leave();
        }
    }

    /** The caller has cancelled the call as a whole. */
    void cancel() {
        RecordingSubscriber<?> recorder;
        synchronized (this) {
            cancelled = true;
        }
        leave();
        synchronized (this) {
            recorder = subscriber;
        }
        if (recorder != null) {
            recorder.abandon();
        }
        if (flight.isReleased()) {
            // Nobody follows an answer that was refused, whatever the flight counts.
            abandon();
        }
    }

    /** The body grew beyond what may be kept, and goes on to the caller alone. */
    void overflowed() {
        refuse("larger than the entry limit");
    }

    /** The delegate has ended the call with a failure: the upstream's, or one that the caller's handler made. */
    void callFailed(Throwable failure) {
        boolean recordingGoesOn;
        synchronized (this) {
            recordingGoesOn = left.get() && subscriber != null && confirmed;
        }
        if (!recordingGoesOn) {
            failed(failure);
        }
    }

    /** The call or its body failed. */
    void failed(Throwable failure) {
        boolean ofTheCaller = left.get()
                || failure instanceof InterruptedException
                || failure instanceof CancellationException
                || failure instanceof HttpTimeoutException;
        boolean ended = ofTheCaller ? flight.handOver() : flight.fail();
        if (ended) {
            if (left.get()) {
                abandon();
            }
            engine.events().emit(CacheEvent.Type.NOT_STORED, ask.request(), ask.key(), "the call failed", failure);
        }
    }

    /** The body is complete. */
    void recorded(Recording recording) {
        if (!recording.isWhole()) {
            refuse("the body is not as long as announced");
            return;
        }
        synchronized (this) {
            StoredResponse.Head known = head;
            if (known != null) {
                candidate = new StoredResponse(
                        ask.key(), known, recording.bytes(), Decisions.deleteAt(known.receivedAt(), ask.rule()));
            }
        }
        keepIfReady();
    }

    /** The delegate has returned {@code response} to the call. */
    void returned(HttpResponse<?> response) {
        boolean answersAnother = response.previousResponse().isPresent()
                || !response.uri().equals(ask.request().uri());
        boolean wasApplied;
        synchronized (this) {
            wasApplied = applied;
            confirmed |= !answersAnother;
        }
        if (!wasApplied) {
            refuse("the client made the body by itself");
        } else if (answersAnother && engine.responseMayAnswerAnotherRequest()) {
            refuse("redirected");
        } else {
            keepIfReady();
        }
    }

    private void keepIfReady() {
        StoredResponse response;
        synchronized (this) {
            response = confirmed ? candidate : null;
        }
        if (response != null && flight.record(response)) {
            engine.writer().write(response, flight, ask.request());
        }
    }

    private void refuse(String reason) {
        synchronized (this) {
            kept = false;
        }
        boolean released = flight.release();
        if (released && left.get()) {
            abandon();
        }
        if (released) {
            engine.events().emit(CacheEvent.Type.NOT_STORED, ask.request(), ask.key(), reason);
        }
    }
}
