package dev.larder.perf.torture;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a child tells its parent after a call has returned, or about itself.
 *
 * @param owner whose thread it was, or {@link #CHILD}
 * @param number the how manieth operation of that thread, from 0, or the code of a {@link Stage}
 * @param result the {@linkplain #fold folded} result of the operation
 */
record Ack(int owner, int number, long result) {
    /** How far the child itself came. */
    enum Stage {
        OPENING(0),
        OPEN(1),
        CLOSING(2),
        CLOSED(3);

        private final int code;

        Stage(int code) {
            this.code = code;
        }
    }

    static final int CHILD = -1;

    private static final int BYTES = 2 * Integer.BYTES + Long.BYTES;

    static Ack of(int owner, int number, List<Long> result) {
        return new Ack(owner, number, fold(result));
    }

    static Ack of(Stage stage) {
        return new Ack(CHILD, stage.code, 0);
    }

    /** Returns the result as one number: the same for the same result, and {@code MALFORMED} if that is in it. */
    static long fold(List<Long> result) {
        if (result.size() <= 1) {
            return result.isEmpty() ? 0 : result.get(0);
        }
        if (result.contains(Contents.MALFORMED)) {
            return Contents.MALFORMED;
        }
        long sum = 0;
        for (long number : result) {
            sum = sum * 0x9e3779b97f4a7c15L + number + 3;
        }
        return sum & Long.MAX_VALUE;
    }

    boolean isStage(Stage stage) {
        return owner == CHILD && number == stage.code;
    }

    /** Writes in one piece, so that the system keeps it together whoever else writes to the same pipe. */
    void writeTo(OutputStream unbuffered) throws IOException {
        unbuffered.write(ByteBuffer.allocate(BYTES)
                .putInt(owner)
                .putInt(number)
                .putLong(result)
                .array());
    }

    /** Returns the next one, or null after the last that was written in full. */
    static @Nullable Ack read(DataInputStream in) throws IOException {
        try {
            return new Ack(in.readInt(), in.readInt(), in.readLong());
        } catch (EOFException e) {
            return null;
        }
    }
}
