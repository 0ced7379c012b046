package dev.larder.perf.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * An HTTP/1.1 server on a free port of loopback that counts the calls which reach it.
 *
 * <p>One blocking thread for each connection. The JDK's own server would do, but it shares the cores with what is
 * measured and costs more of them: 32 callers of the bare client got 8,900 answers a second from it and 11,000 from
 * this one, on two cores.
 */
public final class Upstream implements AutoCloseable {
    /**
     * The header field, in lower case, that has the number of a call: 1 or more, and the same only if a client sends it
     * again.
     */
    public static final String CALL_NUMBER = "larder-call";

    // A client sends a call again at once, long before so many others.
    private static final int REMEMBERED = 1 << 14;

    private final ServerSocket listener;
    private final Service service;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder calls = new LongAdder();
    private final AtomicLongArray numbers = new AtomicLongArray(REMEMBERED);
    private volatile boolean closed;

    private Upstream(ServerSocket listener, Service service) {
        this.listener = listener;
        this.service = service;
    }

    /** Answers the request that was just read. */
    private interface Service {
        void answer(RequestReader requests, byte[] body, ResponseWriter responses)
                throws IOException, InterruptedException;
    }

    /**
     * Starts an upstream whose answers have this Content-Type.
     *
     * @throws UncheckedIOException if loopback has no free port
     */
    public static Upstream start(String contentType, Answers answers) {
        String fields = "Content-Type: " + contentType + "\r\n";
        return start((requests, body, responses) -> responses.write(fields, answers.to(body)));
    }

    /**
     * Starts an upstream that has {@code pages}.
     *
     * @throws UncheckedIOException if loopback has no free port
     */
    public static Upstream serve(Pages pages) {
        return start((requests, body, responses) -> responses.write(pages.at(requests.target())));
    }

    private static Upstream start(Service service) {
        ServerSocket listener;
        try {
            // As many may be waiting to connect as there are callers in the widest scenario.
            listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
        Upstream upstream = new Upstream(listener, service);
        daemon("larder-upstream", upstream::accept).start();
        return upstream;
    }

    /** Returns where this listens, with a numeric address and an empty path. */
    public URI uri() {
        InetSocketAddress address = address();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** Returns the address that this listens on. */
    public InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /**
     * Returns how many calls have reached this, each counted before it is answered. One that its client has sent twice
     * by itself counts once.
     */
    public long calls() {
        return calls.sum();
    }

    private void count(long number) {
        if (number == 0 || numbers.getAndSet((int) (number % REMEMBERED), number) != number) {
            calls.increment();
        }
    }

    /** Returns how many connections are open. */
    public int connections() {
        return connections.size();
    }

    /** Ends every connection and refuses new ones. Closing twice is fine. */
    @Override
    public void close() {
        closed = true;
        closeQuietly(listener);
        connections.forEach(Connection::end);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Connection connection = new Connection(socket);
                connections.add(connection);
                connection.thread.start();
                if (closed) {
                    connection.end();
                }
            } catch (IOException e) {
                // A connection that broke before it was accepted, or the end of this upstream.
            }
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Nobody is left to tell.
        }
    }

    private final class Connection {
        private final Socket socket;
        private final Thread thread;

        private Connection(Socket socket) {
            this.socket = socket;
            this.thread = daemon("larder-upstream-connection", this::serve);
        }

        private void serve() {
            try (socket) {
                RequestReader requests = new RequestReader(socket.getInputStream());
                ResponseWriter responses = new ResponseWriter(socket.getOutputStream());
                for (byte[] body = requests.next(); body != null; body = requests.next()) {
                    count(requests.callNumber());
                    service.answer(requests, body, responses);
                }
            } catch (IOException e) {
                // The caller has gone, which is the caller's affair.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                connections.remove(this);
            }
        }

        private void end() {
            thread.interrupt();
            closeQuietly(socket);
        }
    }
}
