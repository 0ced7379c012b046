package dev.larder.transport;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One upstream call that answers every caller who asks for the same key while it is under way, until its answer is in
 * the store.
 *
 * <p>The caller that makes the call is the leader, the others follow. The call ends in one of the {@link Outcome}s. It
 * is cancelled only when nobody is interested in it any more, leader or follower.
 */
final class Flight {
    /** What followers are told. */
    sealed interface Outcome {}

    /** The answer is complete and can be kept. */
    record Recorded(StoredResponse response) implements Outcome {}

    /**
     * The call has failed, or ended in an error, and what is kept stood in for it.
     *
     * @param response what is kept; each follower has to see whether it may serve that follower too
     * @param status of the error, 0 if the call failed
     */
    record StoodIn(StoredResponse response, int status) implements Outcome {}

    /**
     * The leader went without an answer: one of the followers leads the next flight.
     *
     * @param failed whether an upstream call for them has failed by now
     */
    record HandedOver(boolean failed) implements Outcome {}

    /** The answer is the leader's alone, or there is none a second time: every follower calls for itself. */
    record Released() implements Outcome {}

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final boolean afterFailure;
    private final boolean background;
    private final long changes;

    // Guarded by this.
    private int interested = 1;
    private @Nullable Runnable cancelUpstream;

    /** @param afterFailure whether the flight before this one failed upstream */
    Flight(boolean afterFailure) {
        this(afterFailure, 0);
    }

    /** @param changes how often the URI that is asked for was changed by now */
    Flight(boolean afterFailure, long changes) {
        this(afterFailure, changes, false);
    }

    private Flight(boolean afterFailure, long changes, boolean background) {
        this.afterFailure = afterFailure;
        this.changes = changes;
        this.background = background;
    }

    /** Returns the flight of a validation that nobody waits for, because what is kept is served meanwhile. */
    static Flight ofBackground(long changes) {
        return new Flight(false, changes, true);
    }

    /** Returns whether what is kept may still be served while this is under way. */
    boolean isBackground() {
        return background;
    }

    /** Returns how often the URI had changed when this was made. */
    long changes() {
        return changes;
    }

    /** Returns what this ends in. Dependents must not run on the completing thread. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Adds one to those who are interested; false if the call was given up already. */
    synchronized boolean join() {
        if (interested == 0) {
            return false;
        }
        interested++;
        return true;
    }

    /** Returns how many callers follow. */
    synchronized int followers() {
        return Math.max(0, interested - 1);
    }

    /**
     * Takes one from those who are interested. With the last one the call is given up, unless it is complete.
     *
     * @return whether nobody is left
     */
    boolean leave() {
        Runnable cancel;
        synchronized (this) {
            interested--;
            if (interested > 0) {
                return false;
            }
            cancel = cancelUpstream;
        }
        if (handOver() && cancel != null) {
            cancel.run();
        }
        return true;
    }

    /** Says how to give the call up. Runs {@code cancel} at once if everybody has left already. */
    void onAbandoned(Runnable cancel) {
        synchronized (this) {
            cancelUpstream = cancel;
            if (interested > 0) {
                return;
            }
        }
        cancel.run();
    }

    /** Ends the call with an answer that serves everybody. */
    boolean record(StoredResponse response) {
        synchronized (this) {
            // There is nothing left to cancel, and this may have to wait for the store for a while.
            cancelUpstream = null;
        }
        return outcome.complete(new Recorded(response));
    }

    /** Returns whether the answer serves nobody but the leader. */
    boolean isReleased() {
        return outcome.isDone() && outcome.join() instanceof Released;
    }

    /** Ends the call with an error, or a failure, that {@code response} stands in for. */
    boolean standIn(StoredResponse response, int status) {
        return outcome.complete(new StoodIn(response, status));
    }

    /** Ends the call with an answer that serves nobody but the leader. */
    boolean release() {
        return outcome.complete(new Released());
    }

    /** Ends the call without an answer, because the leader gave up or ran out of time. */
    boolean handOver() {
        return outcome.complete(new HandedOver(afterFailure));
    }

    /**
     * Ends the call without an answer, because the upstream failed. One follower tries again for all; if that fails as
     * well, the others try for themselves, so that nobody waits for a chain of failures.
     */
    boolean fail() {
        return outcome.complete(afterFailure ? new Released() : new HandedOver(true));
    }
}
