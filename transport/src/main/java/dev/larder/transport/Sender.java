package dev.larder.transport;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a client, or a view of it, sends.
 *
 * @param redirects which are followed here; NEVER where the delegate follows them, if anybody does
 */
record Sender(CacheEngine engine, View view, HttpClient.Redirect redirects) {
    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (redirects == HttpClient.Redirect.NEVER) {
            return new SyncCall<>(engine, view, request, handler).send();
        }
        RedirectChain<T> chain = new RedirectChain<>(redirects, request, handler);
        HttpResponse<T> last = null;
        while (last == null) {
            last = chain.answered(new SyncCall<>(engine, view, chain.request(), chain.handler()).send());
        }
        return last;
    }

    /** @param pushed takes pushed responses, past the cache; null if the caller wants none */
    <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushed) {
        if (redirects == HttpClient.Redirect.NEVER) {
            return sendOne(request, handler, pushed);
        }
        Answer<T> answer = new Answer<>();
        follow(new RedirectChain<>(redirects, request, handler), pushed, answer);
        return answer;
    }

    private <T> CompletableFuture<HttpResponse<T>> sendOne(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushed) {
        AsyncCall<T> call = new AsyncCall<>(engine, view, request, handler);
        return pushed == null ? call.send() : call.sendPast(pushed);
    }

    /** Sends the next request of a chain, on the thread that has completed the one before. */
    private <T> void follow(
            RedirectChain<T> chain, HttpResponse.@Nullable PushPromiseHandler<T> pushed, Answer<T> answer) {
        CompletableFuture<HttpResponse<T>> sent = sendOne(chain.request(), chain.handler(), pushed);
        answer.onCancel(() -> sent.cancel(true));
        var unused = sent.whenComplete((response, failure) -> {
            try {
                HttpResponse<T> last = failure == null ? chain.answered(response) : null;
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else if (last != null) {
                    answer.complete(last);
                } else if (!answer.isDone()) {
                    follow(chain, pushed, answer);
                }
            } catch (IOException | RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
    }
}
