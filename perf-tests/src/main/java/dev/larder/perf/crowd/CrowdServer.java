package dev.larder.perf.crowd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * An HTTP/1.1 server on loopback for very many connections, all of which one thread serves, so that whoever counts
 * threads counts the client's. GETs are answered by whoever is given them, whenever that likes, at once or bit by bit;
 * WebSockets are handed back what they say (RFC 6455).
 */
public final class CrowdServer implements AutoCloseable {
    // As many as may be connecting at once; the system may allow fewer, and lets the others try again.
    private static final int BACKLOG = 4096;

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Consumer<Call> onCall;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicLong calls = new AtomicLong();
    private final Thread thread = new Thread(this::serve, "crowd-server");
    private volatile boolean closed;

    /** A GET that waits for its answer. */
    public interface Call {
        /** Returns the path and query that are asked for. */
        String target();

        /** Answers with status 200, fresh for an hour. Called once, by any thread. */
        void answer(byte[] body);

        /** Begins an answer with status 200 that stays open, as server-sent events do. Called once, by any thread. */
        Stream stream();
    }

    /** An answer that is under way. */
    public interface Stream {
        /** Sends one event of one line, soon. */
        void send(String event);

        /** Ends the answer after what was sent. */
        void end();
    }

    private CrowdServer(ServerSocketChannel listener, Selector selector, Consumer<Call> onCall) {
        this.listener = listener;
        this.selector = selector;
        this.onCall = onCall;
    }

    /**
     * Starts a server on a free port.
     *
     * @param onCall is given each GET, on the server's thread
     * @throws IOException if loopback has no free port
     */
    public static CrowdServer start(Consumer<Call> onCall) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        Selector selector = Selector.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        CrowdServer server = new CrowdServer(listener, selector, onCall);
        server.thread.setDaemon(true);
        server.thread.start();
        return server;
    }

    /** Returns the address of {@code path}, for either {@code http} or {@code ws}. */
    public URI uri(String scheme, String path) {
        return URI.create(scheme + "://" + listener.socket().getInetAddress().getHostAddress() + ":"
                + listener.socket().getLocalPort() + path);
    }

    /** Returns how many GETs have come. */
    public long calls() {
        return calls.get();
    }

    void called(Call call) {
        calls.incrementAndGet();
        onCall.accept(call);
    }

    /** Has the server's thread do something, soon. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void serve() {
        try {
            while (!closed) {
                selector.select(this::ready);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            List.copyOf(selector.keys()).forEach(key -> closeQuietly(key.channel()));
            closeQuietly(selector);
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof CrowdConnection connection) {
            connection.ready();
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            // Null where whoever asked has gone again.
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new CrowdConnection(this, channel, key));
            }
        } catch (IOException e) {
            // A connection that broke before it was accepted.
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Nobody is left to tell.
        }
    }

    /** Ends every connection, and returns when that is done. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
