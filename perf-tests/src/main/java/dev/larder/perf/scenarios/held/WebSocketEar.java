package dev.larder.perf.scenarios.held;

import java.io.EOFException;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Listens to a WebSocket. */
final class WebSocketEar extends Ear implements WebSocket.Listener {
    /** Completes when the other end has closed it too. */
    final CompletableFuture<Boolean> closed = new CompletableFuture<>();

    private final StringBuilder message = new StringBuilder();

    WebSocketEar(String path) {
        super(path);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
        message.append(part);
        if (isLast) {
            heard(message.toString());
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        failed(new EOFException("it was closed with status " + status));
        closed.complete(true);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        failed(failure);
        closed.completeExceptionally(failure);
    }
}
