package dev.larder.perf.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes answers to one connection, each in a single packet where it fits. */
final class ResponseWriter {
    private static final String LINE_END = "\r\n";

    private final OutputStream out;

    ResponseWriter(OutputStream out) {
        this.out = out;
    }

    /** @param fields of the header but for Content-Length, each ended by CRLF */
    void write(String fields, byte[] body) throws IOException {
        writeTogether(head(fields, body.length), body, body.length);
    }

    void write(Page page) throws IOException {
        if (page.announced()) {
            writeAnnounced(page);
        } else {
            writeChunks(page);
        }
    }

    private void writeAnnounced(Page page) throws IOException {
        byte[] block = page.block();
        int first = (int) Math.min(block.length, page.length());
        writeTogether(head(page.fields(), page.length()), block, first);
        for (long left = page.length() - first; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(block.length, left));
        }
    }

    private void writeChunks(Page page) throws IOException {
        byte[] block = page.block();
        String before = "HTTP/1.1 200 OK\r\n" + page.fields() + "Transfer-Encoding: chunked\r\n\r\n";
        for (long left = page.length(); left > 0; left -= block.length) {
            int size = (int) Math.min(block.length, left);
            writeTogether(before + Integer.toHexString(size) + LINE_END, block, size);
            before = LINE_END;
        }
        out.write(ascii(before + "0\r\n\r\n"));
    }

    private static String head(String fields, long length) {
        return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + length + "\r\n\r\n";
    }

    private void writeTogether(String text, byte[] bytes, int length) throws IOException {
        byte[] start = ascii(text);
        byte[] whole = Arrays.copyOf(start, start.length + length);
        System.arraycopy(bytes, 0, whole, start.length, length);
        out.write(whole);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
