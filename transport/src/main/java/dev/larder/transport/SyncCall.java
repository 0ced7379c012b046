package dev.larder.transport;

import dev.larder.cache.Deadline;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One {@code send}: everything on the caller's thread, which waits like that of a bare client. */
final class SyncCall<T> {
    private final CacheEngine engine;
    private final View view;
    private final HttpRequest request;
    private final HttpResponse.BodyHandler<T> handler;
    private final Deadline deadline;

    SyncCall(CacheEngine engine, View view, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        this.engine = engine;
        this.view = view;
        this.request = request;
        this.handler = handler;
        deadline = request.timeout().map(Deadline::after).orElse(Deadline.never());
    }

    HttpResponse<T> send() throws IOException, InterruptedException {
        CacheEngine.Plan plan = engine.plan(request, view);
        if (plan instanceof CacheEngine.Plan.Past past) {
            PostAnswer post = PostAnswer.of(engine, view, request, past);
            HttpResponse<T> response =
                    engine.delegate().send(request, post == null ? handler : post.recording(handler));
            engine.changed(request, response);
            return post == null
                    ? ServedResponse.labelled(request, response, CacheStatus.forwarded(past.bypass()))
                    : post.returned(response, past.bypass());
        }
        Ask ask = engine.ask(request, (CacheEngine.Plan.Through) plan, read());
        Lookup lookup = engine.lookup(ask, false);
        while (lookup instanceof Lookup.Follow follow) {
            Flight.Outcome outcome = follow(follow.flight());
            if (outcome instanceof Flight.Recorded recorded) {
                Lookup.Found found = engine.usable(ask, recorded.response());
                if (found != null) {
                    return await(engine.serve(ask, handler, found, true), deadline);
                }
            }
            Substitute instead = Substitute.forFollower(engine, ask, outcome);
            if (instead != null) {
                return serve(ask, instead);
            }
            ask = deadline == Deadline.never() ? ask : ask.within(remaining());
            lookup = outcome instanceof Flight.HandedOver handedOver
                    ? engine.lookup(ask, handedOver.failed())
                    : engine.alone(ask);
        }
        if (lookup instanceof Lookup.Found found) {
            return await(engine.serve(ask, handler, found, false), deadline);
        }
        return lookup instanceof Lead lead
                ? lead(ask, lead)
                : await(engine.serveGatewayTimeout(ask, handler), deadline);
    }

    private RequestBody read() throws IOException, InterruptedException {
        CompletableFuture<RequestBody> body = RequestBody.read(request);
        try {
            return await(body, deadline);
        } finally {
            // Nothing happens if it is complete; else it stops the publisher.
            body.cancel(true);
        }
    }

    private Flight.Outcome follow(Flight flight) throws IOException, InterruptedException {
        try {
            return await(flight.outcome(), deadline);
        } catch (IOException | InterruptedException | RuntimeException e) {
            flight.leave();
            throw e;
        }
    }

    private HttpResponse<T> lead(Ask ask, Lead lead) throws IOException, InterruptedException {
        HttpResponse<T> response;
        try {
            response = engine.delegate().send(lead.request(), lead.recording(handler));
        } catch (Throwable e) {
            Substitute substitute = lead.insteadOf(e);
            lead.callFailed(e);
            if (substitute != null) {
                return serve(ask, substitute);
            }
            throw e;
        }
        lead.returned(response);
        Lead again = lead.again();
        if (again != null) {
            return lead(ask, again);
        }
        Substitute substitute = lead.substitute();
        return substitute == null ? lead.labelled(request, response) : serve(ask, substitute);
    }

    private HttpResponse<T> serve(Ask ask, Substitute substitute) throws IOException, InterruptedException {
        return await(engine.serve(ask, handler, substitute.found(), substitute.cacheStatus()), deadline);
    }

    private Duration remaining() throws HttpTimeoutException {
        if (deadline.isExpired()) {
            throw new HttpTimeoutException("request timed out");
        }
        return deadline.remaining();
    }

    /** Waits as a bare client would, and throws what it would throw. */
    private static <V> V await(CompletionStage<V> stage, Deadline deadline) throws IOException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("request timed out");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapper && wrapper.getCause() != null
                    ? wrapper.getCause()
                    : e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof Error failure) {
                throw failure;
            }
            throw new IOException(cause == null ? e.getMessage() : cause.getMessage(), cause);
        }
    }
}
