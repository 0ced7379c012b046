package dev.larder.perf.scenarios.held;

import java.util.concurrent.CompletableFuture;

/** Takes down whether the two messages came that are meant for it. */
class Ear {
    /** The path that its connection was opened for, which every message ends with. */
    final String path;

    final CompletableFuture<Boolean> first = new CompletableFuture<>();
    final CompletableFuture<Boolean> last = new CompletableFuture<>();

    Ear(String path) {
        this.path = path;
    }

    final void heard(String message) {
        if (message.equals("first" + path)) {
            first.complete(true);
        } else if (message.equals("last" + path)) {
            last.complete(true);
        } else {
            failed(new IllegalStateException("a message for somebody else: " + message));
        }
    }

    final void failed(Throwable failure) {
        first.completeExceptionally(failure);
        last.completeExceptionally(failure);
    }
}
