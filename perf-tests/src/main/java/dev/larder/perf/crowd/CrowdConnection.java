package dev.larder.perf.crowd;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link CrowdServer}: GETs first, a WebSocket from an upgrade on. Of the server's thread alone. */
final class CrowdConnection {
    private static final int MOST_BYTES = 2 * 1024;
    private static final String HEAD_END = "\r\n\r\n";

    /** What RFC 6455 §1.3 adds to the client's key. */
    private static final String WEB_SOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final CrowdServer server;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(MOST_BYTES);
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private boolean isWebSocket;
    private boolean isEnding;

    CrowdConnection(CrowdServer server, SocketChannel channel, SelectionKey key) {
        this.server = server;
        this.channel = channel;
        this.key = key;
    }

    /** Does what can be done without waiting, when the selector says that there is something. */
    void ready() {
        try {
            if (key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            end();
        }
        write();
    }

    private void write() {
        try {
            writeAsMuchAsGoes();
        } catch (IOException e) {
            end();
        }
    }

    private void read() throws IOException {
        if (channel.read(in) < 0) {
            end();
            return;
        }
        in.flip();
        boolean more = true;
        while (more) {
            more = isWebSocket ? readFrame() : readRequest();
        }
        in.compact();
        if (!in.hasRemaining()) {
            throw new ProtocolException("more than " + MOST_BYTES + " bytes at once");
        }
    }

    private void end() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }

    private void send(ByteBuffer bytes) {
        out.add(bytes);
    }

    private void writeAsMuchAsGoes() throws IOException {
        if (!key.isValid()) {
            return;
        }
        for (ByteBuffer first = out.peek(); first != null; first = out.peek()) {
            channel.write(first);
            if (first.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            out.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
        if (isEnding) {
            end();
        }
    }

    /** Reads a request, none of which has a body; false if it has not come as a whole. */
    private boolean readRequest() throws IOException {
        String text = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        int end = text.indexOf(HEAD_END);
        if (end < 0) {
            return false;
        }
        in.position(in.position() + end + HEAD_END.length());
        String[] lines = text.substring(0, end).split("\r\n", -1);
        String[] request = lines[0].split(" ", -1);
        if (request.length != 3 || !request[0].equals("GET")) {
            throw new ProtocolException("not a GET: " + lines[0]);
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(":", 2);
            fields.put(field[0].toLowerCase(Locale.ROOT), field[1].strip());
        }
        if ("websocket".equalsIgnoreCase(fields.get("upgrade"))) {
            upgrade(fields.get("sec-websocket-key"));
        } else {
            server.called(new HeldCall(request[1]));
        }
        return true;
    }

    /** RFC 6455 §4.2.2. */
    private void upgrade(@Nullable String clientKey) throws IOException {
        if (clientKey == null) {
            throw new ProtocolException("a handshake without a key");
        }
        isWebSocket = true;
        send(ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(clientKey) + HEAD_END));
    }

    private static String accept(String clientKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((clientKey + WEB_SOCKET_GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }

    /** Reads a frame (RFC 6455 §5.2), as short as those of these clients are; false if it has not come as a whole. */
    private boolean readFrame() throws IOException {
        if (in.remaining() < 6) {
            return false;
        }
        int first = in.get(in.position());
        int second = in.get(in.position() + 1);
        int length = second & 0x7f;
        if (second >= 0 || length > 125) {
            throw new ProtocolException("a frame that is not masked, or longer than 125 bytes");
        }
        if (in.remaining() < 6 + length) {
            return false;
        }
        byte[] mask = new byte[4];
        byte[] payload = new byte[length];
        in.position(in.position() + 2);
        in.get(mask).get(payload);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        answer(first, payload);
        return true;
    }

    private void answer(int first, byte[] payload) {
        int opcode = first & 0xf;
        switch (opcode) {
            case 0x8 -> {
                send(frame(first, payload));
                // RFC 6455 §7.1.1: the server is the one to end the connection.
                isEnding = true;
            }
            case 0x9 -> send(frame(0x80 | 0xa, payload));
            case 0xa -> {
                // A pong nobody has asked for.
            }
            default -> send(frame(first, payload));
        }
    }

    private static ByteBuffer frame(int first, byte[] payload) {
        return ByteBuffer.allocate(2 + payload.length)
                .put((byte) first)
                .put((byte) payload.length)
                .put(payload)
                .flip();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private final class HeldCall implements CrowdServer.Call {
        private final String target;

        HeldCall(String target) {
            this.target = target;
        }

        @Override
        public String target() {
            return target;
        }

        @Override
        public void answer(byte[] body) {
            server.execute(() -> {
                send(ascii(
                        "HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\nContent-Length: " + body.length + HEAD_END));
                send(ByteBuffer.wrap(body));
                write();
            });
        }

        @Override
        public CrowdServer.Stream stream() {
            sendSoon("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
                    + "Transfer-Encoding: chunked" + HEAD_END);
            return new CrowdServer.Stream() {
                @Override
                public void send(String event) {
                    String data = "data: " + event + "\n\n";
                    // RFC 9112 §7.1.
                    sendSoon(Integer.toHexString(data.length()) + "\r\n" + data + "\r\n");
                }

                @Override
                public void end() {
                    sendSoon("0" + HEAD_END);
                }
            };
        }

        private void sendSoon(String text) {
            server.execute(() -> {
                CrowdConnection.this.send(ascii(text));
                write();
            });
        }
    }
}
