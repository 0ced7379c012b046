package dev.larder.perf.suite;

import dev.larder.perf.upstream.Answers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Answers at once with {@value #LENGTH} bytes that follow from the request's body, so that a caller can tell its own
 * answer from every other.
 */
public final class EchoAnswers implements Answers {
    /** How long every answer is. */
    public static final int LENGTH = 1024;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public byte[] to(byte[] requestBody) {
        return of(requestBody);
    }

    /**
     * Returns the answer to a request with this body. FNV-1a over the body seeds SplitMix64: cheap beside a call, and
     * different for bodies that differ.
     */
    public static byte[] of(byte[] requestBody) {
        long state = 0xcbf29ce484222325L;
        for (byte b : requestBody) {
            state = (state ^ (b & 0xff)) * 0x100000001b3L;
        }
        byte[] answer = new byte[LENGTH];
        for (int at = 0; at < LENGTH; at += Long.BYTES) {
            state += 0x9e3779b97f4a7c15L;
            long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            LONGS.set(answer, at, mixed ^ (mixed >>> 31));
        }
        return answer;
    }
}
