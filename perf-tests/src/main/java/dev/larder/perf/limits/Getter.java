package dev.larder.perf.limits;

import java.io.IOException;
import java.net.URI;

/** A client that keeps the answers to GETs, whoever made it. */
interface Getter extends AutoCloseable {
    /** Makes a request ready that can be sent again and again, by any thread. */
    Get prepare(URI uri);

    @Override
    void close() throws IOException;

    /** A GET. */
    @FunctionalInterface
    interface Get {
        /**
         * Sends the request and returns the body of its answer.
         *
         * @throws IOException if it failed, which a status other than 200 does too
         */
        byte[] send() throws IOException, InterruptedException;
    }

    /** Refuses a status other than 200. */
    static void check(int status) throws IOException {
        if (status != 200) {
            throw new IOException("status " + status);
        }
    }
}
