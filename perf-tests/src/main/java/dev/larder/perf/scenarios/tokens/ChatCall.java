package dev.larder.perf.scenarios.tokens;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.larder.perf.suite.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Sends a prompt and reads from the answer how many tokens it is worth, wherever it came from. */
final class ChatCall implements Call {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client;
    private final HttpRequest request;
    private final String prompt;
    private final LongAdder served;
    private @Nullable String answer;

    /** @param served is given the tokens that the answer speaks of */
    ChatCall(HttpClient client, URI uri, String user, String prompt, LongAdder served) {
        this.client = client;
        this.prompt = prompt;
        this.served = served;
        this.request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(ChatApi.request(user, prompt)))
                .build();
    }

    @Override
    public void make() throws IOException, InterruptedException {
        answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public @Nullable String fault() {
        if (answer == null) {
            return "no answer";
        }
        try {
            JsonObject json = JsonParser.parseString(answer).getAsJsonObject();
            JsonObject usage = json.getAsJsonObject("usage");
            long promptTokens = usage.get("prompt_tokens").getAsLong();
            long completionTokens = usage.get("completion_tokens").getAsLong();
            served.add(promptTokens + completionTokens);
            if (!new ChatApi.Usage(promptTokens, completionTokens).equals(ChatApi.Usage.of(prompt))) {
                return "an answer with the usage of another prompt";
            }
            String content = json.getAsJsonArray("choices")
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonObject("message")
                    .get("content")
                    .getAsString();
            return content.equals(ChatApi.completion(prompt)) ? null : "an answer that belongs to another prompt";
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            return "an answer that is not a chat completion";
        }
    }
}
