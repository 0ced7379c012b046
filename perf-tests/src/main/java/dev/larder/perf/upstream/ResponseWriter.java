package dev.larder.perf.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes answers to one connection, each in a single packet where it fits. */
final class ResponseWriter {
    private final OutputStream out;
    private final String head;

    ResponseWriter(OutputStream out, String contentType) {
        this.out = out;
        this.head = "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: ";
    }

    void write(byte[] body) throws IOException {
        byte[] start = (head + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        out.write(whole);
    }
}
