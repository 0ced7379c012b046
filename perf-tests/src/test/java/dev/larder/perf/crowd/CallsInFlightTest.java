package dev.larder.perf.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What very many asynchronous calls cost in threads. */
@Timeout(120)
class CallsInFlightTest {
    private static final int CALLS = 10_000;
    /** So many go upstream: each has a connection, as HTTP/1.1 wants it. The others wait for the same answers. */
    private static final int UPSTREAM_CALLS = 1000;

    private static final int THREADS = 4;
    /**
     * Those of the executor, a fixed number that ask a store until it is trusted, and what the JVM begins on its own:
     * 35 were seen.
     */
    private static final int MOST_NEW_THREADS = 64;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Queue<CrowdServer.Call> held = new ConcurrentLinkedQueue<>();
    private final CountDownLatch reached = new CountDownLatch(UPSTREAM_CALLS);

    @Test
    void tenThousandNeedNoThreadEach() throws Exception {
        assumeThat(Descriptors.missingFor(UPSTREAM_CALLS)).isNull();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try (CrowdServer server = CrowdServer.start(this::hold);
                CacheStore store = CacheStores.open("memory:?maxBytes=64MiB");
                CachingHttpClient client = CachingHttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(executor)
                        .store(store)
                        .rule(CacheRule.get().ttl(Duration.ofHours(1)))
                        .build()) {
            threads.resetPeakThreadCount();
            int before = threads.getThreadCount();

            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                answers.add(client.sendAsync(request(server, i), HttpResponse.BodyHandlers.ofString()));
            }
            reached.await();

            assertThat(answers).noneMatch(CompletableFuture::isDone);
            assertFewThreadsSince(before);

            held.forEach(call -> call.answer(body(call.target())));
            for (int i = 0; i < CALLS; i++) {
                HttpResponse<String> response = answers.get(i).get();
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).isEqualTo("answer to " + path(i));
            }
            assertThat(server.calls()).isEqualTo(UPSTREAM_CALLS);
            assertFewThreadsSince(before);
        } finally {
            executor.shutdown();
        }
    }

    private void assertFewThreadsSince(int before) {
        assertThat(threads.getPeakThreadCount() - before)
                .as("threads beside %d, where there are now %s", before, names())
                .isLessThanOrEqualTo(MOST_NEW_THREADS);
    }

    /** Returns the names of all threads, without their numbers, and how many there are of each. */
    private Map<String, Long> names() {
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(
                        thread -> thread.getThreadName().replaceAll("[0-9]+", "#"), Collectors.counting()));
    }

    private void hold(CrowdServer.Call call) {
        held.add(call);
        reached.countDown();
    }

    private static HttpRequest request(CrowdServer server, int number) {
        return HttpRequest.newBuilder(server.uri("http", path(number))).build();
    }

    private static String path(int number) {
        return "/pages/" + number % UPSTREAM_CALLS;
    }

    private static byte[] body(String target) {
        return ("answer to " + target).getBytes(StandardCharsets.ISO_8859_1);
    }
}
