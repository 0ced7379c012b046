package dev.larder.perf.scenarios.held;

import dev.larder.perf.crowd.CrowdServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** WebSockets and streams of events that one client holds open, and the server at their other end. */
final class Crowd implements AutoCloseable {
    // Nothing here takes that long: it only keeps a lost message from holding up the run for ever.
    private static final long PATIENCE_SECONDS = 60;
    private static final String FIRST = "first";
    private static final String LAST = "last";

    private final CrowdServer server;
    private final Map<String, CrowdServer.Stream> streams;
    private final List<WebSocketEar> sockets = new ArrayList<>();
    private final List<StreamEar> listeners = new ArrayList<>();
    private final List<CompletableFuture<WebSocket>> opened = new ArrayList<>();
    private final List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private Crowd(CrowdServer server, Map<String, CrowdServer.Stream> streams) {
        this.server = server;
        this.streams = streams;
    }

    /**
     * Opens so many of each through {@code client}, and returns when all of them have had a first message.
     *
     * @throws IOException if the server cannot be started
     */
    static Crowd open(HttpClient client, int webSockets, int streamCount) throws IOException, InterruptedException {
        Map<String, CrowdServer.Stream> streams = new ConcurrentHashMap<>();
        CrowdServer server = CrowdServer.start(call -> {
            CrowdServer.Stream stream = call.stream();
            streams.put(call.target(), stream);
            stream.send(FIRST + call.target());
        });
        Crowd crowd = new Crowd(server, streams);
        crowd.begin(client, webSockets, streamCount);
        crowd.expect("WebSockets could not be opened", crowd.opened);
        crowd.await(FIRST);
        return crowd;
    }

    private void begin(HttpClient client, int webSockets, int streamCount) {
        for (int i = 0; i < streamCount; i++) {
            String path = "/events/" + i;
            StreamEar ear = new StreamEar(path);
            listeners.add(ear);
            answers.add(client.sendAsync(
                    HttpRequest.newBuilder(server.uri("http", path)).build(), BodyHandlers.fromLineSubscriber(ear)));
        }
        for (int i = 0; i < webSockets; i++) {
            String path = "/socket/" + i;
            WebSocketEar ear = new WebSocketEar(path);
            sockets.add(ear);
            opened.add(client.newWebSocketBuilder()
                    .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                    .buildAsync(server.uri("ws", path), ear)
                    .thenCompose(socket -> socket.sendText(FIRST + path, true)));
        }
    }

    /** Sends each a last message, ends them, and returns what is wrong: all must have had it, and ended well. */
    List<String> farewell() throws InterruptedException {
        for (StreamEar listener : listeners) {
            CrowdServer.Stream stream = streams.get(listener.path);
            if (stream != null) {
                stream.send(LAST + listener.path);
                stream.end();
            }
        }
        List<CompletableFuture<?>> said = new ArrayList<>();
        for (int i = 0; i < sockets.size(); i++) {
            String message = LAST + sockets.get(i).path;
            said.add(opened.get(i)
                    .thenCompose(socket -> socket.sendText(message, true))
                    .thenCompose(socket -> socket.sendClose(WebSocket.NORMAL_CLOSURE, "")));
        }
        await(LAST);
        List<CompletableFuture<?>> ends = new ArrayList<>(answers);
        ends.addAll(said);
        sockets.forEach(socket -> ends.add(socket.closed));
        expect("streams and WebSockets did not end well", ends);
        return List.copyOf(faults);
    }

    private void await(String message) throws InterruptedException {
        boolean first = message.equals(FIRST);
        expect(
                "streams did not get the " + message + " message",
                listeners.stream().map(ear -> first ? ear.first : ear.last).toList());
        expect(
                "WebSockets did not get the " + message + " message",
                sockets.stream().map(ear -> first ? ear.first : ear.last).toList());
    }

    private void expect(String otherwise, List<? extends CompletableFuture<?>> all) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int missing = 0;
        String firstError = null;
        for (CompletableFuture<?> each : all) {
            String error = error(each, end - System.nanoTime());
            if (error != null) {
                missing++;
                firstError = firstError == null ? error : firstError;
            }
        }
        if (missing > 0) {
            faults.add(missing + " of " + all.size() + " " + otherwise + ", the first because of: " + firstError);
        }
    }

    private static @Nullable String error(CompletableFuture<?> each, long nanos) throws InterruptedException {
        try {
            each.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (TimeoutException e) {
            return "nothing came";
        }
    }

    /** Ends the server, and with it whatever is open. */
    @Override
    public void close() {
        server.close();
    }
}
