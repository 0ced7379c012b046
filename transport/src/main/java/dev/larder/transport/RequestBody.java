package dev.larder.transport;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read from its publisher exactly once: for its key, and again as often as it is sent.
 *
 * <p>The buffers of the publisher are kept as they come, not copied. A publisher that an HttpClient can use may not
 * touch them any more, because the client itself holds them until they are written.
 */
final class RequestBody {
    private static final RequestBody NONE = new RequestBody(List.of());
    // Nobody gets to complete it: it is complete.
    private static final CompletableFuture<RequestBody> READ_ALREADY = CompletableFuture.completedFuture(NONE);

    private final List<ByteBuffer> parts;

    private RequestBody(List<ByteBuffer> parts) {
        this.parts = parts;
    }

    /** Returns the declared length of the body of {@code request}: 0 without one, negative if unknown. */
    static long length(HttpRequest request) {
        HttpRequest.BodyPublisher publisher = request.bodyPublisher().orElse(null);
        return publisher == null ? 0 : publisher.contentLength();
    }

    /** Reads the body of {@code request}, whose length is known. Completes at once where the publisher has it all. */
    static CompletableFuture<RequestBody> read(HttpRequest request) {
        long length = length(request);
        if (length == 0) {
            return READ_ALREADY;
        }
        Reader reader = new Reader(length);
        request.bodyPublisher().orElseThrow().subscribe(reader);
        return reader.body();
    }

    /** Returns the bytes of the body, in order. Not to be consumed: callers duplicate each buffer. */
    List<ByteBuffer> parts() {
        return parts;
    }

    boolean isEmpty() {
        return this == NONE;
    }

    /** Returns a publisher of this body, or the one that {@code request} has where there is nothing to publish. */
    Optional<HttpRequest.BodyPublisher> publisherFor(HttpRequest request) {
        return this == NONE ? request.bodyPublisher() : Optional.of(new Publisher());
    }

    private final class Publisher implements HttpRequest.BodyPublisher {
        @Override
        public long contentLength() {
            return parts.stream().mapToLong(ByteBuffer::remaining).sum();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            Emission.emit(parts.stream().map(ByteBuffer::duplicate).toList(), subscriber);
        }
    }

    private static final class Reader implements Flow.Subscriber<ByteBuffer> {
        private final CompletableFuture<RequestBody> body = new CompletableFuture<>();
        private final long declared;
        // The first part stands alone: most bodies have no other.
        private @Nullable ByteBuffer only;
        private @Nullable List<ByteBuffer> parts;
        private volatile Flow.@Nullable Subscription subscription;
        private long length;

        Reader(long declared) {
            this.declared = declared;
        }

        /** Returns what the body will be in. Who completes it, by giving up, stops the publisher. */
        CompletableFuture<RequestBody> body() {
            if (!body.isDone()) {
                var unused = body.whenComplete((read, failure) -> {
                    if (failure != null) {
                        cancel();
                    }
                });
            }
            return body;
        }

        private void cancel() {
            Flow.Subscription known = subscription;
            if (known != null) {
                known.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            length += part.remaining();
            if (length > declared) {
                cancel();
                body.completeExceptionally(
                        new IOException("the request body is longer than the " + declared + " bytes it declares"));
            } else if (only == null) {
                only = part;
            } else {
                if (parts == null) {
                    parts = new ArrayList<>();
                    parts.add(only);
                }
                parts.add(part);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(
                    failure instanceof IOException
                            ? failure
                            : new IOException("cannot read the request body", failure));
        }

        @Override
        public void onComplete() {
            if (length < declared) {
                body.completeExceptionally(new IOException(
                        "the request body ended after " + length + " of the " + declared + " bytes it declares"));
            } else {
                body.complete(new RequestBody(all()));
            }
        }

        private List<ByteBuffer> all() {
            if (parts != null) {
                return List.copyOf(parts);
            }
            return only == null ? List.of() : List.of(only);
        }
    }
}
