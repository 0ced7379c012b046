package dev.larder.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The bytes of a body as they arrive, up to a limit. For one thread at a time. */
final class Recording {
    private static final int FIRST_BYTES = 4 * 1024;
    // A declared length is trusted with this much memory before the first byte has come.
    private static final int MOST_TRUSTED_BYTES = 1 << 20;

    private final long declared;
    private final long limit;
    private byte[] bytes;
    private int length;

    /** @param declared what Content-Length says, -1 if nothing */
    Recording(long declared, long limit) {
        this.declared = declared;
        this.limit = Math.min(limit, Integer.MAX_VALUE - 8);
        bytes = new byte[(int) Math.min(declared < 0 ? FIRST_BYTES : declared, MOST_TRUSTED_BYTES)];
    }

    /** Adds what {@code parts} hold, without consuming them; false if that is too much. */
    boolean add(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            int more = part.remaining();
            if ((long) length + more > limit) {
                return false;
            }
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max((long) length + more, 2L * bytes.length)));
            }
            part.duplicate().get(bytes, length, more);
            length += more;
        }
        return true;
    }

    /** Returns whether as much has come as was declared. */
    boolean isWhole() {
        return declared < 0 || declared == length;
    }

    /** Returns the bytes; the recording is over. */
    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
