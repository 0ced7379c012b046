package dev.larder.perf.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A POST whose answer must be the one that belongs to its body. */
public final class PostCall implements Call {
    // Nothing here takes that long: it only keeps a lost answer from holding up the run for ever.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client;
    private final HttpRequest request;
    private final HttpResponse.BodyHandler<byte[]> handler;
    private final byte[] expected;
    private @Nullable HttpResponse<byte[]> response;

    /** Makes the call ready to be sent to an upstream that answers with {@link EchoAnswers}. */
    public PostCall(HttpClient client, URI uri, String body) {
        this(client, uri, body, PATIENCE, EchoAnswers::of, HttpResponse.BodyHandlers.ofByteArray());
    }

    /**
     * Makes the call ready to be sent.
     *
     * @param patience how long it waits for an answer, until it gets a {@link java.net.http.HttpTimeoutException}
     * @param answers what the upstream answers to a body
     * @param handler takes in the answer
     */
    PostCall(
            HttpClient client,
            URI uri,
            String body,
            Duration patience,
            UnaryOperator<byte[]> answers,
            HttpResponse.BodyHandler<byte[]> handler) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        this.client = client;
        this.handler = handler;
        this.request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .timeout(patience)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        this.expected = answers.apply(bytes);
    }

    @Override
    public void make() throws IOException, InterruptedException {
        response = client.send(request, handler);
    }

    @Override
    public @Nullable String fault() {
        if (response == null) {
            return "no answer";
        }
        if (response.statusCode() != 200) {
            return "status " + response.statusCode();
        }
        return Arrays.equals(expected, response.body()) ? null : "an answer that belongs to another request";
    }
}
