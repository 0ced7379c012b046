package dev.larder.transport;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Serves a stored response through a caller's own body handler, as if it had just arrived. */
final class Replay {
    // What the JDK's own client hands over at a time; a handler may rely on pieces of a moderate size.
    private static final int PIECE_BYTES = 16 * 1024;

    private Replay() {}

    /** Returns the answer to {@code request}, once the caller's handler has made its body of {@code pieces}. */
    static <T> CompletionStage<HttpResponse<T>> replay(
            ServedHead head, List<List<ByteBuffer>> pieces, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        HttpResponse.BodySubscriber<T> subscriber = handler.apply(head);
        Emission.emit(pieces, subscriber);
        CompletableFuture<T> body = subscriber.getBody().toCompletableFuture();
        // Most bodies are there by now. A dependent stage of the JDK's futures draws a number that all threads share.
        return body.isDone() && !body.isCompletedExceptionally()
                ? CompletableFuture.completedFuture(new ServedResponse<>(request, head, body.join()))
                : body.thenApply(late -> new ServedResponse<>(request, head, late));
    }

    /** Returns a body in pieces, without a copy. */
    static List<List<ByteBuffer>> pieces(byte[] data) {
        if (data.length == 0) {
            return List.of();
        }
        ByteBuffer whole = ByteBuffer.wrap(data).asReadOnlyBuffer();
        if (data.length <= PIECE_BYTES) {
            return List.of(List.of(whole));
        }
        List<List<ByteBuffer>> pieces = new ArrayList<>(data.length / PIECE_BYTES + 1);
        for (int at = 0; at < data.length; at += PIECE_BYTES) {
            pieces.add(List.of(whole.slice(at, Math.min(PIECE_BYTES, data.length - at))));
        }
        return pieces;
    }
}
