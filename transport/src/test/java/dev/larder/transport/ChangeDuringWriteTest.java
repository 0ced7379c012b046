package dev.larder.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a store keeps only after it has removed everything about a page that changed is never seen; over every store. */
final class ChangeDuringWriteTest extends HttpTest {
    private final AtomicInteger version = new AtomicInteger(1);

    /** A store on which each of the calls that keep something does what the test says. */
    private CacheStore storeThat(Set<StoreCapability> capabilities, Puts puts) {
        CacheStore real = store;
        return (CacheStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CacheStore.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "capabilities" -> {
                            return capabilities;
                        }
                        case "put", "putAsync" -> {
                            CompletableFuture<?> done =
                                    puts.put(Map.of((CacheKey) arguments[0], (CacheEntry) arguments[1]));
                            return method.getName().equals("put") ? null : done;
                        }
                        case "putAll" -> {
                            Map<CacheKey, CacheEntry> entries = new HashMap<>();
                            ((Map<?, ?>) arguments[0])
                                    .forEach((key, entry) -> entries.put((CacheKey) key, (CacheEntry) entry));
                            var unused = puts.put(entries);
                            return null;
                        }
                        default -> {
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }
                    }
                });
    }

    private interface Puts {
        CompletableFuture<?> put(Map<CacheKey, CacheEntry> entries) throws InterruptedException;
    }

    private void use(CacheStore wrapped) {
        client.close();
        CacheStore real = store;
        store = wrapped;
        client = client();
        store = real;
        upstream.answers((exchange, body) -> {
            if (exchange.getRequestMethod().equals("POST")) {
                version.incrementAndGet();
            }
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            Upstream.answer(exchange, 200, "version " + version);
        });
    }

    private String page() throws Exception {
        return send(to("/page").build()).body();
    }

    private void change() throws Exception {
        send(to("/page").POST(BodyPublishers.ofString("more")).build());
    }

    @Test
    void byAStoreThatIsWrittenByOneThread() throws Exception {
        Gate before = new Gate();
        Gate after = new Gate();
        use(storeThat(Set.of(), entries -> {
            before.pass();
            store.putAll(entries, Deadline.never());
            after.pass();
            return CompletableFuture.completedFuture(null);
        }));
        assertThat(page()).isEqualTo("version 1");
        before.awaitArrival();
        change();
        before.open();
        after.awaitArrival();
        assertThat(page()).isEqualTo("version 2");
        after.open();
        assertThat(page()).isEqualTo("version 2");
        assertOnlyTheLatestIsKept();
    }

    @Test
    void byAStoreThatTakesPutsWithoutWaiting() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Map<CacheKey, CacheEntry> taken = new HashMap<>();
        use(storeThat(Set.of(StoreCapability.ASYNC_PUTS), entries -> {
            if (taken.isEmpty()) {
                taken.putAll(entries);
                return done;
            }
            store.putAll(entries, Deadline.never());
            return CompletableFuture.completedFuture(null);
        }));
        assertThat(page()).isEqualTo("version 1");
        change();
        store.putAll(taken, Deadline.never());
        assertThat(page()).isEqualTo("version 2");
        done.complete(null);
        assertThat(page()).isEqualTo("version 2");
        assertOnlyTheLatestIsKept();
    }

    @Test
    void thoughNobodyAsksInTheMeantime() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Map<CacheKey, CacheEntry> taken = new HashMap<>();
        use(storeThat(Set.of(StoreCapability.ASYNC_PUTS), entries -> {
            taken.putAll(entries);
            return done;
        }));
        assertThat(page()).isEqualTo("version 1");
        change();
        store.putAll(taken, Deadline.never());
        done.complete(null);
        client.close();
        store.flush(Deadline.never());
        store.scan((key, entry) -> assertThat(entry).isNull(), Deadline.never());
    }

    /** Nothing is kept at all where nobody can tell which of two the store kept last. */
    private void assertOnlyTheLatestIsKept() {
        client.close();
        store.flush(Deadline.never());
        store.scan(
                (key, entry) -> assertThat(new String(entry.data(), UTF_8)).isEqualTo("version 2"), Deadline.never());
    }
}
