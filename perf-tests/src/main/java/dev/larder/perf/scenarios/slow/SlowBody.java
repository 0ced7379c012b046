package dev.larder.perf.scenarios.slow;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a body piece by piece, and asks for each only some time after it has got the one before. No thread waits
 * meanwhile.
 */
final class SlowBody implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final ScheduledExecutorService scheduler;
    private final long pauseMillis;
    private final Runnable begun;
    private Flow.@Nullable Subscription subscription;

    /** @param begun is run at the first piece */
    SlowBody(ScheduledExecutorService scheduler, long pauseMillis, Runnable begun) {
        this.scheduler = scheduler;
        this.pauseMillis = pauseMillis;
        this.begun = begun;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        if (taken.size() == 0) {
            begun.run();
        }
        for (ByteBuffer buffer : piece) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            taken.writeBytes(bytes);
        }
        Flow.Subscription from = Objects.requireNonNull(subscription);
        scheduler.schedule(() -> from.request(1), pauseMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(taken.toByteArray());
    }
}
