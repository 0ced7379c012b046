package dev.larder.perf.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of the requests on one connection, as far as clients of this suite write HTTP/1.1 (RFC 9112). */
final class RequestReader {
    private static final int LONGEST_LINE = 64 * 1024;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private String requestLine = "";
    private long callNumber;

    RequestReader(InputStream in) {
        this.in = new BufferedInputStream(in, 8 * 1024);
    }

    /** Returns the body of the next request, empty if it has none; null if the connection ended before it. */
    byte @Nullable [] next() throws IOException {
        String first = readLine();
        if (first == null) {
            return null;
        }
        requestLine = first;
        int length = 0;
        boolean chunked = false;
        callNumber = 0;
        for (String field = required(readLine()); !field.isEmpty(); field = required(readLine())) {
            int colon = field.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header field: " + field);
            }
            String value = field.substring(colon + 1).strip();
            switch (field.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = number(value, 10);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case Upstream.CALL_NUMBER -> callNumber = Long.parseLong(value);
                default -> {
                    // Answers depend on target and body alone.
                }
            }
        }
        return chunked ? readChunks() : readExactly(length);
    }

    /** Returns the target of the request whose body was read last (RFC 9112 §3.2): its path and query. */
    String target() throws IOException {
        String[] words = requestLine.split(" ", -1);
        if (words.length != 3) {
            throw new ProtocolException("not a request line: " + requestLine);
        }
        return words[1];
    }

    /** Returns the number that its client has given to the call whose body was read last; 0 if it has none. */
    long callNumber() {
        return callNumber;
    }

    /** RFC 9112 §7.1, without extensions that mean anything. */
    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = number(required(readLine()).split(";", 2)[0].strip(), 16);
            if (length == 0) {
                while (!required(readLine()).isEmpty()) {
                    // Trailers.
                }
                return body.toByteArray();
            }
            body.write(readExactly(length));
            required(readLine());
        }
    }

    private byte[] readExactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended inside a body");
        }
        return bytes;
    }

    private @Nullable String readLine() throws IOException {
        line.reset();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (line.size() == LONGEST_LINE) {
                throw new ProtocolException("a line of more than " + LONGEST_LINE + " bytes");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static String required(@Nullable String line) throws IOException {
        if (line == null) {
            throw new EOFException("the connection ended inside a request");
        }
        return line;
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            int number = Integer.parseInt(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As bad as a negative one.
        }
        throw new ProtocolException("not a length: " + digits);
    }
}
