package dev.larder.transport;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** The caller's future, whose cancellation reaches whatever the call waits for. */
final class Answer<T> extends CompletableFuture<HttpResponse<T>> {
    private volatile Runnable cancel = () -> {};

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled && mayInterruptIfRunning) {
            cancel.run();
        }
        return cancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Derived<>(this);
    }

    void onCancel(Runnable action) {
        cancel = action;
        if (isCancelled()) {
            action.run();
        }
    }

    /** A future made from the caller's, whose cancellation cancels the call like that of a bare client's. */
    private static final class Derived<U> extends CompletableFuture<U> {
        private final Answer<?> root;

        Derived(Answer<?> root) {
            this.root = root;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled && mayInterruptIfRunning) {
                root.cancel(true);
            }
            return cancelled;
        }

        @Override
        public <V> CompletableFuture<V> newIncompleteFuture() {
            return new Derived<>(root);
        }
    }
}
