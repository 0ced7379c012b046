package dev.larder.perf.scenarios.slow;

import dev.larder.perf.suite.EchoAnswers;
import dev.larder.perf.upstream.Answers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Answers after a while, and some requests not before it is told to. Counts each request by its body. */
final class HeldAnswers implements Answers, AutoCloseable {
    /** What is in the bodies of requests that are held. */
    static final String HELD = "held-";

    private final Duration delay;
    private final CountDownLatch open = new CountDownLatch(1);
    private final Semaphore arrived = new Semaphore(0);
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    HeldAnswers(Duration delay) {
        this.delay = delay;
    }

    @Override
    public byte[] to(byte[] requestBody) throws InterruptedException {
        String body = new String(requestBody, StandardCharsets.UTF_8);
        calls.merge(body, 1, Integer::sum);
        if (body.contains(HELD)) {
            arrived.release();
            open.await();
        }
        Thread.sleep(delay.toMillis());
        return EchoAnswers.of(requestBody);
    }

    /** Returns once so many requests are held that were not awaited before; false if they do not come. */
    boolean awaitHeld(int count) throws InterruptedException {
        return arrived.tryAcquire(count, 60, TimeUnit.SECONDS);
    }

    /** Holds nothing any more. */
    void letGo() {
        open.countDown();
    }

    @Override
    public void close() {
        letGo();
    }

    /** Returns how many requests had this body. */
    int calls(String body) {
        return calls.getOrDefault(body, 0);
    }
}
