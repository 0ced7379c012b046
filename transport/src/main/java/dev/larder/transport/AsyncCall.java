package dev.larder.transport;

import dev.larder.cache.Deadline;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code sendAsync}: the same steps as {@link SyncCall}, each begun when the one before has ended.
 *
 * <p>The caller's thread is used only as far as nothing can wait. Then steps run on the client's executor, and the
 * caller's future is completed there or by the delegate, never by a thread of the store.
 */
final class AsyncCall<T> {
    private final CacheEngine engine;
    private final View view;
    private final HttpRequest request;
    private final HttpResponse.BodyHandler<T> handler;
    private final Deadline deadline;
    private final Answer<T> answer = new Answer<>();

    AsyncCall(CacheEngine engine, View view, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        this.engine = engine;
        this.view = view;
        this.request = request;
        this.handler = handler;
        deadline = request.timeout().map(Deadline::after).orElse(Deadline.never());
    }

    CompletableFuture<HttpResponse<T>> send() {
        CacheEngine.Plan plan = engine.plan(request, view);
        if (plan instanceof CacheEngine.Plan.Past past) {
            PostAnswer post = PostAnswer.of(engine, view, request, past);
            HttpResponse.BodyHandler<T> recording = post == null ? handler : post.recording(handler);
            return past(past.bypass(), post, engine.delegate().sendAsync(request, recording));
        }
        CacheEngine.Plan.Through through = (CacheEngine.Plan.Through) plan;
        CompletableFuture<RequestBody> body = RequestBody.read(request);
        if (deadline != Deadline.never() && !body.isDone()) {
            body = body.orTimeout(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        }
        CompletableFuture<RequestBody> reading = body;
        answer.onCancel(() -> reading.cancel(true));
        var unused = reading.whenComplete((read, failure) -> {
            if (failure != null) {
                fail(failure);
            } else {
                begin(through, read);
            }
        });
        return answer;
    }

    private void begin(CacheEngine.Plan.Through plan, RequestBody body) {
        try {
            Ask ask = engine.ask(request, plan, body);
            if (engine.answersAtOnce()) {
                lookup(ask, false);
            } else {
                execute(() -> lookup(ask, false));
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Sends past the cache, because the caller wants pushed responses too. */
    CompletableFuture<HttpResponse<T>> sendPast(HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
        Bypass bypass = engine.past(request, "push promises").bypass();
        return past(bypass, null, engine.delegate().sendAsync(request, handler, pushPromiseHandler));
    }

    private CompletableFuture<HttpResponse<T>> past(
            Bypass bypass, @Nullable PostAnswer post, CompletableFuture<HttpResponse<T>> upstream) {
        answer.onCancel(() -> upstream.cancel(true));
        String status = CacheStatus.forwarded(bypass);
        return completedBy(upstream.thenApply(response -> {
            engine.changed(request, response);
            return post == null ? ServedResponse.labelled(request, response, status) : post.returned(response, bypass);
        }));
    }

    private void lookup(Ask ask, boolean afterFailure) {
        if (answer.isDone()) {
            return;
        }
        try {
            proceed(ask, engine.lookup(ask, afterFailure));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void proceed(Ask ask, Lookup lookup) {
        if (lookup instanceof Lookup.Found found) {
            complete(engine.serve(ask, handler, found, false));
        } else if (lookup instanceof Lookup.Follow follow) {
            follow(ask, follow.flight());
        } else if (lookup instanceof Lead lead) {
            lead(ask, lead);
        } else {
            complete(engine.serveGatewayTimeout(ask, handler));
        }
    }

    private void complete(CompletionStage<HttpResponse<T>> served) {
        var unused = completedBy(served.toCompletableFuture());
    }

    private void serve(Ask ask, Substitute substitute) {
        complete(engine.serve(ask, handler, substitute.found(), substitute.cacheStatus()));
    }

    private void follow(Ask ask, Flight flight) {
        CompletableFuture<Flight.Outcome> outcome = flight.outcome().copy();
        if (deadline != Deadline.never()) {
            outcome = outcome.orTimeout(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        }
        CompletableFuture<Flight.Outcome> awaited = outcome;
        // Cancelling the copy wakes the step below, which leaves the flight.
        answer.onCancel(() -> awaited.cancel(true));
        var unused = awaited.whenComplete((ended, failure) -> execute(() -> {
            try {
                followed(ask, flight, ended, failure);
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }));
    }

    private void followed(Ask ask, Flight flight, Flight.@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome == null || answer.isDone()) {
            flight.leave();
            fail(failure);
            return;
        }
        if (outcome instanceof Flight.Recorded recorded) {
            Lookup.Found found = engine.usable(ask, recorded.response());
            if (found != null) {
                complete(engine.serve(ask, handler, found, true));
                return;
            }
        }
        Substitute instead = Substitute.forFollower(engine, ask, outcome);
        if (instead != null) {
            serve(ask, instead);
            return;
        }
        if (deadline.isExpired()) {
            fail(new HttpTimeoutException("request timed out"));
            return;
        }
        Ask rest = deadline == Deadline.never() ? ask : ask.within(deadline.remaining());
        if (outcome instanceof Flight.HandedOver handedOver) {
            lookup(rest, handedOver.failed());
        } else {
            lead(rest, engine.alone(rest));
        }
    }

    private void lead(Ask ask, Lead lead) {
        CompletableFuture<HttpResponse<T>> upstream;
        try {
            upstream = engine.delegate().sendAsync(lead.request(), lead.recording(handler));
        } catch (RuntimeException | Error e) {
            lead.failed(e);
            throw e;
        }
        lead.call().sent(upstream);
        answer.onCancel(lead::cancel);
        var unused = upstream.whenComplete((response, failure) -> {
            try {
                answered(ask, lead, response, failure == null ? null : unwrapped(failure));
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        });
    }

    private void answered(Ask ask, Lead lead, @Nullable HttpResponse<T> response, @Nullable Throwable failure) {
        if (response == null) {
            Throwable cause = failure == null ? new IllegalStateException("no outcome") : failure;
            Substitute substitute = lead.insteadOf(cause);
            lead.callFailed(cause);
            if (substitute == null) {
                fail(cause);
            } else {
                serve(ask, substitute);
            }
            return;
        }
        lead.returned(response);
        Lead again = lead.again();
        Substitute substitute = lead.substitute();
        if (again != null) {
            lead(ask, again);
        } else if (substitute != null) {
            serve(ask, substitute);
        } else {
            answer.complete(lead.labelled(request, response));
        }
    }

    private CompletableFuture<HttpResponse<T>> completedBy(CompletableFuture<HttpResponse<T>> stage) {
        var unused = stage.whenComplete((response, failure) -> {
            if (failure != null) {
                fail(failure);
            } else {
                answer.complete(response);
            }
        });
        return answer;
    }

    private void fail(@Nullable Throwable failure) {
        Throwable cause = failure == null ? new IllegalStateException("no outcome") : unwrapped(failure);
        answer.completeExceptionally(
                cause instanceof TimeoutException ? new HttpTimeoutException("request timed out") : cause);
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Runs a step on the client's executor, or here if that takes no more: a call is never left unanswered. */
    private void execute(Runnable step) {
        try {
            engine.executor().execute(step);
        } catch (RejectedExecutionException e) {
            step.run();
        }
    }
}
