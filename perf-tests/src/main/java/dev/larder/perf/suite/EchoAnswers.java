package dev.larder.perf.suite;

import dev.larder.perf.upstream.Answers;

/**
 * Answers at once with {@value #LENGTH} bytes that follow from the request's body, so that a caller can tell its own
 * answer from every other.
 */
public final class EchoAnswers implements Answers {
    /** How long every answer is. */
    public static final int LENGTH = 1024;

    @Override
    public byte[] to(byte[] requestBody) {
        return of(requestBody);
    }

    /**
     * Returns the answer to a request with this body. FNV-1a over the body is the seed, so that the answers to bodies
     * that differ do too.
     */
    public static byte[] of(byte[] requestBody) {
        long seed = 0xcbf29ce484222325L;
        for (byte b : requestBody) {
            seed = (seed ^ (b & 0xff)) * 0x100000001b3L;
        }
        return SplitMix.bytes(seed, LENGTH);
    }
}
