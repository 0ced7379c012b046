package dev.larder.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A call as it goes upstream, and how it is given up when nobody wants its answer any more. */
final class UpstreamCall {
    // All guarded by this.
    private @Nullable CompletableFuture<?> call;
    private Flow.@Nullable Subscription body;
    private boolean cancelled;
    private boolean abandoned;

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

    /** The caller has cancelled its own future, so that the call's may be cancelled too. */
    synchronized void cancelled() {
        cancelled = true;
    }

    /** Nobody wants the answer any more. */
    void abandon() {
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
}
