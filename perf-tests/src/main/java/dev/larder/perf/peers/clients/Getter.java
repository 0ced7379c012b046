package dev.larder.perf.peers.clients;

import java.io.IOException;
import java.net.URI;

/** A client that keeps the answers to GETs, whoever made it. */
public interface Getter extends AutoCloseable {
    /** Makes a GET ready that can be sent again and again, by any thread. */
    Get prepare(URI uri);

    /** Makes a GET ready that only the cache may answer: what it does not have has the status 504 (RFC 9111 §5.2.1.7). */
    Get prepareFromCache(URI uri);

    /** Makes a POST ready that can be sent again, and that its client may keep the answer of if it is able to. */
    Get preparePost(URI uri, byte[] body);

    @Override
    void close() throws IOException;

    /** A request that is ready. */
    @FunctionalInterface
    interface Get {
        /**
         * Sends the request and returns the body of its answer.
         *
         * @throws StatusException if the answer has a status other than 200
         * @throws IOException if there is none
         */
        byte[] send() throws IOException, InterruptedException;
    }

    /** Refuses a status other than 200. */
    static void check(int status) throws StatusException {
        if (status != 200) {
            throw new StatusException(status);
        }
    }
}
