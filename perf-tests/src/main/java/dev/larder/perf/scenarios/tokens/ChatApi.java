package dev.larder.perf.scenarios.tokens;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.larder.perf.suite.SplitMix;
import dev.larder.perf.upstream.Answers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/** Answers as chat APIs do, with what was charged for under {@code usage}. All of an answer follows from the prompt. */
final class ChatApi implements Answers {
    private final LongAdder paid = new LongAdder();

    /**
     * What a call is charged for.
     *
     * @param prompt tokens that were sent: its words
     * @param completion tokens that came back
     */
    record Usage(long prompt, long completion) {
        /** Returns what a prompt costs. */
        static Usage of(String prompt) {
            return new Usage(prompt.split(" ", -1).length, 20 + Math.floorMod(SplitMix.at(prompt.hashCode(), 0), 80));
        }

        long total() {
            return prompt + completion;
        }
    }

    /** Returns a request of {@code user} for the completion of a prompt, whom the answer does not depend on. */
    static byte[] request(String user, String prompt) {
        JsonObject message = new JsonObject();
        message.addProperty("role", "user");
        message.addProperty("content", prompt);
        JsonArray messages = new JsonArray();
        messages.add(message);
        JsonObject request = new JsonObject();
        request.addProperty("model", "planted");
        request.add("messages", messages);
        request.addProperty("user", user);
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns what is completed to a prompt. */
    static String completion(String prompt) {
        return "You said: " + prompt;
    }

    @Override
    public byte[] to(byte[] requestBody) {
        String prompt = JsonParser.parseString(new String(requestBody, StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonArray("messages")
                .get(0)
                .getAsJsonObject()
                .get("content")
                .getAsString();
        Usage cost = Usage.of(prompt);
        paid.add(cost.total());
        return answer(prompt, cost);
    }

    private static byte[] answer(String prompt, Usage cost) {
        JsonObject message = new JsonObject();
        message.addProperty("role", "assistant");
        message.addProperty("content", completion(prompt));
        JsonObject choice = new JsonObject();
        choice.addProperty("index", 0);
        choice.add("message", message);
        choice.addProperty("finish_reason", "stop");
        JsonArray choices = new JsonArray();
        choices.add(choice);
        JsonObject usage = new JsonObject();
        usage.addProperty("prompt_tokens", cost.prompt());
        usage.addProperty("completion_tokens", cost.completion());
        usage.addProperty("total_tokens", cost.total());
        JsonObject answer = new JsonObject();
        answer.addProperty("object", "chat.completion");
        answer.add("choices", choices);
        answer.add("usage", usage);
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns how many tokens were charged for, each before its answer went out. */
    long paid() {
        return paid.sum();
    }
}
