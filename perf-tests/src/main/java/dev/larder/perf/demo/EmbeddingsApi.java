package dev.larder.perf.demo;

import dev.larder.perf.upstream.Answers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Answers like an embeddings API: slowly, for pretend money, and for the same text always with the same vector.
 *
 * <p>Requests are counted by their body, because the point of the tour is that no body comes twice.
 */
final class EmbeddingsApi implements Answers {
    static final long LATENCY_MILLIS = 150;
    static final int CENTS_PER_CALL = 1;

    private static final int DIMENSIONS = 256;

    private final Map<String, Integer> callsByBody = new ConcurrentHashMap<>();

    @Override
    public byte[] to(byte[] requestBody) throws InterruptedException {
        callsByBody.merge(new String(requestBody, StandardCharsets.UTF_8), 1, Integer::sum);
        TimeUnit.MILLISECONDS.sleep(LATENCY_MILLIS);
        return answer(requestBody);
    }

    /** Returns what asks for the embedding of {@code text}. */
    static byte[] request(String text) {
        return ("{\"model\":\"pretend-embedding-1\",\"input\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the answer to a request. */
    static byte[] answer(byte[] requestBody) {
        String request = new String(requestBody, StandardCharsets.UTF_8);
        Random random = new Random(request.hashCode());
        StringBuilder vector = new StringBuilder();
        for (int i = 0; i < DIMENSIONS; i++) {
            vector.append(i == 0 ? "" : ",").append((random.nextInt(2_000_001) - 1_000_000) / 1e6);
        }
        int tokens = request.split(" ").length;
        return ("{\"object\":\"list\",\"model\":\"pretend-embedding-1\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
                        + "\"embedding\":[" + vector + "]}],\"usage\":{\"prompt_tokens\":" + tokens
                        + ",\"total_tokens\":" + tokens + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns how often the most frequent request has come; 0 if none has. */
    int mostCallsOfOneBody() {
        return callsByBody.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
