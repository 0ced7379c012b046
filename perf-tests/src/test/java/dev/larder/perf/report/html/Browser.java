package dev.larder.perf.report.html;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chromium without a window, with one page, spoken to by the DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final String NAME = "chromium";
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonObject>> awaited = new ConcurrentHashMap<>();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    private Browser(Process process, URI page) throws Exception {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Ear())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", "{}");
        }
    }

    /** Returns where Chromium is installed. */
    static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param directory empty, for what it keeps
     */
    static Browser start(Path program, Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--user-data-dir=" + directory,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Browser(process, page(address(process)));
        } catch (Exception e) {
            kill(process);
            throw e;
        }
    }

    private static String address(Process process) throws Exception {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        CompletableFuture<String> address = new CompletableFuture<>();
        // It reads to the end: a browser whose pipe is full stands still.
        Thread reader = new Thread(() -> {
            try {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    Matcher matcher = LISTENING.matcher(line);
                    if (matcher.find()) {
                        address.complete(matcher.group(1));
                    }
                }
            } catch (IOException e) {
                address.completeExceptionally(e);
            }
            address.completeExceptionally(new IOException("the browser ended before it listened"));
        });
        reader.setDaemon(true);
        reader.start();
        return address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static URI page(String address) throws Exception {
        String list = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json/list"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        for (JsonElement target : JsonParser.parseString(list).getAsJsonArray()) {
            if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
                return URI.create(
                        target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString());
            }
        }
        throw new IOException("the browser has no page: " + list);
    }

    /** Returns what the browser answers. */
    JsonObject call(String method, String parameters) throws Exception {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(number, answer);
        socket.sendText("{\"id\":" + number + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonObject said = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (said.has("error")) {
            throw new IOException(method + ": " + said.get("error"));
        }
        return said.getAsJsonObject("result");
    }

    /** Loads a page, and forgets the events of the one before. */
    void load(URI uri) throws Exception {
        events.clear();
        CompletableFuture<JsonObject> loaded = new CompletableFuture<>();
        awaited.put("Page.loadEventFired", loaded);
        call("Page.navigate", "{\"url\":\"" + uri + "\"}");
        loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns the value of a JavaScript expression, which may be a promise. */
    JsonElement evaluate(String expression) throws Exception {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", expression);
        parameters.addProperty("awaitPromise", true);
        parameters.addProperty("returnByValue", true);
        JsonObject result = call("Runtime.evaluate", parameters.toString());
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        JsonObject value = result.getAsJsonObject("result");
        return value.has("value") ? value.get("value") : value;
    }

    /** Presses a key where the focus is. */
    void press(String key, int code) throws Exception {
        String pressed = "\"key\":\"" + key + "\",\"code\":\"" + key + "\",\"windowsVirtualKeyCode\":" + code;
        String text = key.equals("Enter") ? ",\"text\":\"\\r\"" : "";
        call("Input.dispatchKeyEvent", "{\"type\":\"keyDown\"," + pressed + text + "}");
        call("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"," + pressed + "}");
    }

    /** Returns the parameters of all events of a kind since the page was loaded. */
    List<JsonObject> events(String method) {
        List<JsonObject> found = new ArrayList<>();
        for (JsonObject event : events) {
            if (event.get("method").getAsString().equals(method)) {
                found.add(event.getAsJsonObject("params"));
            }
        }
        return found;
    }

    @Override
    public void close() throws InterruptedException {
        try {
            call("Browser.close", "{}");
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // It ends below, whatever it says.
        } finally {
            socket.abort();
            kill(process);
        }
    }

    /** Ends it with its helpers, which else would write to its directory while that is being deleted. */
    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle handle : all) {
            try {
                handle.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("the browser does not end", e);
            }
        }
    }

    /** Puts messages together and gives them to those who wait for them. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                hear(JsonParser.parseString(message.toString()).getAsJsonObject());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void hear(JsonObject said) {
            if (said.has("id")) {
                CompletableFuture<JsonObject> answer =
                        answers.remove(said.get("id").getAsInt());
                if (answer != null) {
                    answer.complete(said);
                }
                return;
            }
            events.add(said);
            CompletableFuture<JsonObject> waiting =
                    awaited.remove(said.get("method").getAsString());
            if (waiting != null) {
                waiting.complete(said);
            }
        }
    }
}
