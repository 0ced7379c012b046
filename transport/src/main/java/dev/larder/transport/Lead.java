package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
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
    private final Kept kept;
    private final Flight flight;
    private final Keeper keeper;
    private final HttpRequest request;
    private final Inquiry inquiry;
    private final long requestedAtMillis;
    private final UpstreamCall call = new UpstreamCall();
    private final AtomicBoolean left = new AtomicBoolean();

    // All guarded by this.
    private StoredResponse.@Nullable Head head;
    private Set<String> tags = Set.of();
    private @Nullable StoredResponse candidate;
    private @Nullable RecordingSubscriber<?> subscriber;
    // What the caller is told in place of the head that came.
    private @Nullable ServedHead servedHead;
    private boolean applied;
    private boolean stored;
    private int status;
    // What serves the caller in place of the response.
    private @Nullable Substitute substitute;
    private @Nullable NotModified notModified;
    private boolean unconfirmed;
    private boolean confirmed;

    /** @param kept what the store has for the request, which may not be served as it is */
    Lead(CacheEngine engine, Ask ask, Kept kept, Flight flight) {
        this.engine = engine;
        this.ask = ask;
        this.kept = kept;
        this.flight = flight;
        keeper = new Keeper(engine, ask, kept, flight);
        requestedAtMillis = engine.clock().millis();
        // What a client that follows redirects brings may be a part of something else, which is known too late.
        long maxBytes = engine.responseMayAnswerAnotherRequest() ? 0 : maxEntryBytes();
        inquiry = Inquiry.of(ask, kept, requestedAtMillis, maxBytes);
        request = inquiry.fields().isEmpty() ? ask.forward() : ask.forward(inquiry.fields());
        // What a POST has changed goes first, which is done once its response is there.
        confirmed = !engine.responseMayAnswerAnotherRequest() && !ask.isPostForGet();
        flight.onAbandoned(call::abandon);
    }

    /**
     * A 304 that means something that is kept.
     *
     * @param key where that is kept
     */
    private record NotModified(CacheKey key, HttpHeaders headers, long receivedAtMillis) {}

    /** Returns the request to make the call with. */
    HttpRequest request() {
        return request;
    }

    /** Returns the lead that makes the call once more, because the upstream has confirmed what is not kept. */
    @Nullable
    Lead again() {
        synchronized (this) {
            return unconfirmed ? new Lead(engine, ask, kept.withoutResponses(), flight) : null;
        }
    }

    /** Returns what serves the caller in place of the response, if anything. */
    @Nullable
    Substitute substitute() {
        synchronized (this) {
            return substitute;
        }
    }

    /** Returns what serves the caller in place of a failure of the call, if anything may. */
    @Nullable
    Substitute insteadOf(Throwable failure) {
        Lookup.Found found = keptInsteadOf(failure);
        if (found != null) {
            engine.events().emit(CacheEvent.Type.STALE, ask.request(), ask.key(), "the call failed", failure);
        }
        return found == null ? null : new Substitute(found, CacheStatus.insteadOfError(0));
    }

    private Lookup.@Nullable Found keptInsteadOf(Throwable failure) {
        StoredResponse response = kept.response();
        boolean disconnected = failure instanceof IOException
                && (!(failure instanceof HttpTimeoutException) || failure instanceof HttpConnectTimeoutException);
        return response == null || !disconnected || left.get() ? null : engine.insteadOfError(ask, response, true);
    }

    /** Returns the handler to send the call with. */
    <T> HttpResponse.BodyHandler<T> recording(HttpResponse.BodyHandler<T> handler) {
        return info -> subscriberFor(info, handler);
    }

    private <T> HttpResponse.BodySubscriber<T> subscriberFor(
            HttpResponse.ResponseInfo info, HttpResponse.BodyHandler<T> handler) {
        HttpHeaders headers = info.headers();
        long now = engine.clock().millis();
        if (isSubstituted(info.statusCode(), headers, now)) {
            return HttpResponse.BodySubscribers.replacing(null);
        }
        Completion completion = PartialResponse.isPart(info.statusCode()) ? inquiry.completion() : null;
        CacheControl directives = ask.policy().directivesOf(info.statusCode(), headers);
        String refusal = refusal(info.statusCode(), headers, directives);
        Set<String> tags = refusal == null ? ask.policy().tags(ask, headers) : Set.of();
        if (tags == null) {
            refusal = "the tags of a rule failed";
            tags = Set.of();
        }
        if (!ask.policy().isForced() && !ask.isPersonal()) {
            engine.flights().setKept(ask.key(), refusal == null);
        }
        synchronized (this) {
            applied = true;
            stored = refusal == null;
            status = info.statusCode();
        }
        if (refusal != null) {
            refuse(refusal);
            if (completion == null) {
                ServedHead alone = ServedHead.labelled(info.statusCode(), info.version(), headers, cacheStatus());
                return left.get() ? HttpResponse.BodySubscribers.replacing(null) : handler.apply(alone);
            }
        }
        StoredResponse.Head known = Decisions.head(
                ask.policy(), info.statusCode(), info.version(), headers, directives, requestedAtMillis, now);
        ServedHead labelled = completion == null
                ? ServedHead.labelled(info.statusCode(), info.version(), headers, cacheStatus())
                : completed(completion, known);
        HttpResponse.BodySubscriber<T> downstream =
                left.get() ? HttpResponse.BodySubscribers.replacing(null) : handler.apply(labelled);
        long length = ask.isHead() ? -1 : Decisions.contentLength(headers);
        length = completion == null ? length : completion.missing().length();
        RecordingSubscriber<T> recorder =
                new RecordingSubscriber<>(downstream, this, length, maxEntryBytes(), completion);
        synchronized (this) {
            head = refusal == null ? known : null;
            this.tags = tags;
            subscriber = recorder;
        }
        if (left.get()) {
            recorder.abandon();
        }
        return recorder;
    }

    private @Nullable String refusal(int status, HttpHeaders headers, CacheControl directives) {
        if (ask.isHeadOfGet() && kept.isWhole()) {
            // It updates that instead, or shows that it is out of date.
            return "method HEAD";
        }
        if (PartialResponse.isPart(status) && !request.headers().map().containsKey("Range")) {
            return "status 206";
        }
        String refusal = Decisions.refusal(ask, status, headers, directives, maxEntryBytes());
        return refusal == null && engine.haveCookiesChanged(ask)
                ? "the cookies have changed since the key was made"
                : refusal;
    }

    /** Returns what the caller is told of a response that is made of a stored part and of one that arrives. */
    private ServedHead completed(Completion completion, StoredResponse.Head part) {
        StoredResponse old = Objects.requireNonNull(kept.response(), "what is completed");
        ServedHead served = completion.head(ask.policy(), old.head(), part, requestedAtMillis, cacheStatus());
        synchronized (this) {
            servedHead = served;
        }
        return served;
    }

    /** Returns {@code response} as the caller sees it. */
    <T> HttpResponse<T> labelled(HttpRequest request, HttpResponse<T> response) {
        ServedHead served;
        synchronized (this) {
            served = servedHead;
        }
        return served == null
                ? ServedResponse.labelled(request, response, cacheStatus())
                : ServedResponse.headed(request, response, served);
    }

    private long maxEntryBytes() {
        return ask.policy().entryLimit(engine.maxEntryBytes());
    }

    /** Decides whether what is kept serves the caller after all, or the call is to be made again. */
    private boolean isSubstituted(int status, HttpHeaders headers, long now) {
        if (status == 304 && inquiry.isValidation()) {
            return isConfirmed(headers, now);
        }
        StoredResponse response = kept.response();
        if (response == null) {
            return false;
        }
        Completion completion = inquiry.completion();
        if (completion != null && (status == 206 || status == 304 || status == 416)) {
            return (status != 206 || !completion.isAnsweredBy(headers)) && isToBeRepeated();
        }
        if (!Reuse.isError(status)) {
            return false;
        }
        Lookup.Found found = engine.insteadOfError(ask, response, false);
        if (found == null) {
            return false;
        }
        synchronized (this) {
            applied = true;
            this.status = status;
            substitute = new Substitute(found, CacheStatus.insteadOfError(status));
        }
        engine.events().emit(CacheEvent.Type.STALE, ask.request(), ask.key(), "status " + status);
        return true;
    }

    private boolean isConfirmed(HttpHeaders headers, long now) {
        CacheKey key = inquiry.confirmed(headers);
        if (key == null) {
            // Then it is the caller's own condition that it answers, if there is one.
            return !Preconditions.asksForChange(ask.request().headers()) && isToBeRepeated();
        }
        synchronized (this) {
            applied = true;
            notModified = new NotModified(key, headers, now);
        }
        return true;
    }

    private boolean isToBeRepeated() {
        synchronized (this) {
            applied = true;
            unconfirmed = true;
        }
        return true;
    }

    private synchronized int status() {
        return status;
    }

    /** Returns our member of Cache-Status, as far as it is known. */
    String cacheStatus() {
        synchronized (this) {
            StoredResponse response = kept.response();
            if (ask.isPostForGet()) {
                return CacheStatus.method(stored);
            }
            if (response != null && response.isPart() && !inquiry.isValidation()) {
                return CacheStatus.partial(status, stored);
            }
            if (response == null && kept.index() != null) {
                return CacheStatus.varyMiss(status, stored);
            }
            return response == null
                    ? CacheStatus.miss(stored)
                    : CacheStatus.validated(!Decisions.isFresh(ask, response, requestedAtMillis), status, stored);
        }
    }

    /** Returns the call that this makes, to be told how it goes. */
    UpstreamCall call() {
        return call;
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
        call.cancelled();
        leave();
        synchronized (this) {
            recorder = subscriber;
        }
        if (recorder != null) {
            recorder.abandon();
        }
        if (flight.isReleased()) {
            // Nobody follows an answer that was refused, whatever the flight counts.
            call.abandon();
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
        Lookup.Found instead = ofTheCaller ? null : keptInsteadOf(failure);
        boolean ended = ofTheCaller
                ? flight.handOver()
                : instead == null ? flight.fail() : flight.standIn(instead.response(), 0);
        if (ended) {
            if (left.get()) {
                call.abandon();
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
        StoredResponse.Head known;
        Set<String> removedBy;
        synchronized (this) {
            known = head;
            removedBy = tags;
        }
        if (known == null) {
            return;
        }
        List<String> names = known.varyNames();
        CacheKey key = keeper.key();
        StoredResponse response = new StoredResponse(
                names.isEmpty() ? key : KeyHasher.variantOf(key, ask.request(), names),
                known,
                recording.bytes(),
                Decisions.deleteAtMillis(ask.policy(), known),
                names.isEmpty() ? removedBy : KeyHasher.withVariantsTag(removedBy, key));
        if (response.isPart()) {
            response = Combination.of(ask.policy(), response, kept.response(), requestedAtMillis, maxEntryBytes());
        }
        if (response == null) {
            refuse("the body is not as long as announced");
            return;
        }
        synchronized (this) {
            candidate = response;
        }
        keepIfReady();
    }

    /** The delegate has returned {@code response} to the call. */
    void returned(HttpResponse<?> response) {
        boolean answersAnother = response.previousResponse().isPresent()
                || !response.uri().equals(ask.request().uri());
        boolean wasApplied;
        Substitute instead;
        boolean repeated;
        NotModified update;
        synchronized (this) {
            wasApplied = applied;
            confirmed |= !answersAnother;
            update = notModified;
            if (answersAnother && update != null) {
                // The conditions were for another URI than the one that they met.
                update = null;
                unconfirmed = true;
            }
            instead = substitute;
            repeated = unconfirmed;
        }
        if (update != null) {
            confirmed(update);
        } else if (repeated) {
            // A call made again goes on with the flight.
            return;
        } else if (instead != null) {
            flight.standIn(instead.found().response(), status());
        } else if (!wasApplied) {
            refuse("the client made the body by itself");
        } else if (answersAnother && engine.responseMayAnswerAnotherRequest()) {
            refuse("redirected");
        } else {
            if (ask.isHeadOfGet()) {
                keeper.compareWithGet(response.statusCode(), response.headers(), requestedAtMillis);
            }
            keepIfReady();
        }
    }

    /** RFC 9111 §4.3.4: what a 304 means is brought up to date, and serves the caller. */
    private void confirmed(NotModified update) {
        StoredResponse own = kept.response();
        boolean isOwn = own != null && own.key().equals(update.key);
        StoredResponse old = isOwn ? own : engine.kept(ask, update.key);
        if (old == null || (!isOwn && !inquiry.isStill(old))) {
            // It went, or has changed, since its tag was noted. The call goes on with the flight.
            var unused = isToBeRepeated();
            return;
        }
        StoredResponse updated = old.updated(ask.policy(), update.headers, requestedAtMillis, update.receivedAtMillis);
        StoredResponse answer = updated;
        if (!isOwn) {
            // §4.1: from now on it is the answer to these values too.
            answer = updated.under(
                    KeyHasher.variantOf(ask.key(), ask.request(), updated.head().varyNames()));
            keeper.keepBeside(updated);
        }
        Lookup.Found found = new Lookup.Found(
                answer,
                Reuse.FRESH,
                update.receivedAtMillis,
                answer.head().freshness().freshForMillis(update.receivedAtMillis));
        synchronized (this) {
            stored = true;
            status = 304;
            substitute = new Substitute(found, cacheStatus());
        }
        keep(answer);
        engine.events().emit(CacheEvent.Type.REVALIDATED, ask.request(), ask.key(), "confirmed by the upstream");
    }

    private void keepIfReady() {
        StoredResponse response;
        synchronized (this) {
            response = confirmed ? candidate : null;
            if (response != null) {
                // Body and response come in either order, and each asks.
                candidate = null;
            }
        }
        if (response != null) {
            keep(response);
        }
    }

    private void keep(StoredResponse response) {
        if (!keeper.keep(response)) {
            refuse("its URI was changed meanwhile");
        }
    }

    private void refuse(String reason) {
        synchronized (this) {
            stored = false;
        }
        boolean released = flight.release();
        if (released && left.get()) {
            call.abandon();
        }
        if (released) {
            engine.events().emit(CacheEvent.Type.NOT_STORED, ask.request(), ask.key(), reason);
        }
    }
}
