package dev.larder.perf.upstream;

/** What an {@link Upstream} says to a request. */
@FunctionalInterface
public interface Answers {
    /**
     * Returns the body of the answer, which goes out with status 200. Called on the thread of the connection, so a slow
     * upstream is one that takes its time here.
     *
     * @throws InterruptedException if the upstream is being closed; the caller's connection then ends without an answer
     */
    byte[] to(byte[] requestBody) throws InterruptedException;
}
