package dev.larder.transport;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An upstream of pages that change by POST, and differ by variant and by who asks. Its answers say all that, are as
 * cacheable as chance has it, and may be errors, slow, or broken off. It knows what it has given.
 */
final class ChangingPages implements Upstream.Handler {
    static final String VARIANT = "X-Variant";
    static final String CALL = "X-Call";

    private static final List<String> DIRECTIVES = List.of(
            "max-age=60",
            "max-age=60",
            "max-age=1",
            "max-age=0, stale-while-revalidate=60",
            "max-age=0, stale-if-error=60",
            "no-cache",
            "no-store");
    private static final String FILLER = ".".repeat(3_000);

    private final AtomicInteger[] versions;
    private final Set<String> given = ConcurrentHashMap.newKeySet();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Queue<CountDownLatch> slow = new ConcurrentLinkedQueue<>();
    private volatile boolean calm;

    ChangingPages(int count) {
        versions = Stream.generate(AtomicInteger::new).limit(count).toArray(AtomicInteger[]::new);
    }

    /** Answers well, and at once, from now on. */
    void calmDown() {
        calm = true;
        slow.forEach(CountDownLatch::countDown);
    }

    boolean hasGiven(String body) {
        return given.contains(body);
    }

    /** Returns whether the call, by the name that it carries, was broken off. */
    boolean hasFailed(String call) {
        return failed.contains(call);
    }

    @Override
    public void handle(HttpExchange exchange, String asked) throws IOException, InterruptedException {
        // The bodies that are slow go on one by one, as others begin.
        CountDownLatch waiting = slow.poll();
        if (waiting != null) {
            waiting.countDown();
        }
        int page = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
        if (exchange.getRequestMethod().equals("POST")) {
            change(exchange, page);
        } else {
            show(exchange, page);
        }
    }

    private void change(HttpExchange exchange, int page) throws IOException {
        int chance = ThreadLocalRandom.current().nextInt(20);
        if (chance == 0) {
            Upstream.answer(exchange, 500, "not changed");
            return;
        }
        int version = versions[page].incrementAndGet();
        if (chance == 1) {
            breakOff(exchange, "changed");
            return;
        }
        Upstream.answer(exchange, 200, "" + version);
    }

    private void show(HttpExchange exchange, int page) throws IOException, InterruptedException {
        Headers asked = exchange.getRequestHeaders();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int version = versions[page].get();
        int chance = calm ? 99 : random.nextInt(100);
        int status = chance < 84 ? 200 : chance < 92 ? 500 : chance < 96 ? 404 : 200;
        String body = String.join(
                "|",
                "" + status,
                "" + page,
                asked.getFirst(VARIANT),
                asked.getFirst("Authorization"),
                "" + version,
                FILLER.substring(random.nextInt(FILLER.length())));
        // One of each version; the length is chance, so that two of them cannot be mixed up unnoticed.
        String tag = "\"" + version + "-" + asked.getFirst(VARIANT) + "-" + asked.getFirst("Authorization") + "\"";
        Headers fields = exchange.getResponseHeaders();
        fields.add("Vary", VARIANT);
        if (status != 500) {
            fields.add("Cache-Control", DIRECTIVES.get(random.nextInt(DIRECTIVES.size())));
        }
        if (status == 200) {
            fields.add("ETag", tag);
        }
        if (status == 200 && tag.equals(asked.getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else if (chance < 4) {
            breakOff(exchange, body);
        } else if (chance < 6) {
            // Not even a head.
            failed.add(asked.getFirst(CALL));
        } else {
            given.add(body);
            if (chance < 30) {
                answerSlowly(exchange, status, body.getBytes(StandardCharsets.UTF_8));
            } else {
                Upstream.answer(exchange, status, body);
            }
        }
    }

    private void breakOff(HttpExchange exchange, String body) throws IOException {
        failed.add(exchange.getRequestHeaders().getFirst(CALL));
        Upstream.breakOff(exchange, body);
    }

    private void answerSlowly(HttpExchange exchange, int status, byte[] body) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(status, ThreadLocalRandom.current().nextBoolean() ? body.length : 0);
        try (OutputStream out = exchange.getResponseBody()) {
            int half = ThreadLocalRandom.current().nextInt(body.length);
            out.write(body, 0, half);
            out.flush();
            CountDownLatch more = new CountDownLatch(1);
            slow.add(more);
            // Where everybody waits for slow bodies nobody comes to end them.
            if (!calm && !more.await(20, TimeUnit.MILLISECONDS)) {
                slow.remove(more);
            }
            out.write(Arrays.copyOfRange(body, half, body.length));
        }
    }
}
