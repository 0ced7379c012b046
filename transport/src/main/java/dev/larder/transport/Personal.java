package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Serves stored responses to callers who ask for less than all of one: a part, the fields alone, or only a change. */
final class Personal {
    private Personal() {}

    static <T> CompletionStage<HttpResponse<T>> serve(
            Ask ask, StoredResponse stored, long ageSeconds, String cacheStatus, HttpResponse.BodyHandler<T> handler) {
        StoredResponse.Head head = stored.head();
        HttpHeaders headers = head.headers();
        HttpHeaders asked = ask.request().headers();
        String method = ask.request().method();
        long receivedAt = head.freshness().receivedAtMillis();
        int status = head.status();
        HttpHeaders fields = headers;
        List<List<ByteBuffer>> body = ask.isHead() ? List.of() : Replay.pieces(stored.data());
        if (Preconditions.evaluate(method, asked, status, headers, receivedAt) == Preconditions.NOT_MODIFIED) {
            status = 304;
            fields = StoredFields.withoutBody(headers);
            body = List.of();
        } else {
            PartialResponse part =
                    PartialResponse.of(method, asked, status, headers, stored.data(), receivedAt, Personal::boundary);
            if (part != null) {
                status = part.status();
                fields = part.headers();
                body = part.body().isEmpty() ? List.of() : List.of(part.body());
            }
        }
        ServedHead served = new ServedHead(status, head.version(), new Fields(fields.map()), ageSeconds, cacheStatus);
        return Replay.replay(served, body, ask.request(), handler);
    }

    /** Returns whether {@code stored}, a part, has all bytes that the request is for. */
    static boolean hasAllOf(Ask ask, StoredResponse stored) {
        StoredResponse.Head head = stored.head();
        HttpRequest request = ask.request();
        return PartialResponse.of(
                        request.method(),
                        request.headers(),
                        head.status(),
                        head.headers(),
                        stored.data(),
                        head.freshness().receivedAtMillis(),
                        Personal::boundary)
                != null;
    }

    // Random, so that nobody can make a body that contains it.
    private static String boundary() {
        return UUID.randomUUID().toString();
    }
}
