package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What the groups of the contract have in common: the run they are part of, and sample keys, entries, deadlines. */
abstract class Rules {
    /** Longer than any call of a store that works, so that one that does not fails instead of hanging. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final ContractRun run;

    Rules(ContractRun run) {
        this.run = run;
    }

    final CacheStore open() {
        return run.open();
    }

    final void assume(StoreCapability capability) {
        run.assume(capability);
    }

    final Instant now() {
        return run.clock().instant();
    }

    static CacheKey key(int number) {
        return key("key " + number);
    }

    static CacheKey key(String name) {
        return CacheKey.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns an entry that is kept for ever and differs from those of other texts. */
    static CacheEntry entry(String text, String... tags) {
        return CacheEntry.newBuilder()
                .metadata(("about " + text).getBytes(StandardCharsets.UTF_8))
                .data(text.getBytes(StandardCharsets.UTF_8))
                .storedAt(Instant.parse("2025-12-31T23:59:59.987654321Z"))
                .tags(List.of(tags))
                .build();
    }

    /** Returns an entry that is kept until {@code deleteAt}. */
    static CacheEntry entryUntil(Instant deleteAt, String text, String... tags) {
        CacheEntry entry = entry(text, tags);
        return CacheEntry.newBuilder()
                .metadata(entry.metadata())
                .data(entry.data())
                .storedAt(entry.storedAt())
                .deleteAt(deleteAt)
                .tags(entry.tags())
                .build();
    }

    /** Returns the entries 0 to {@code count} - 1 under their keys, in this order. */
    static Map<CacheKey, CacheEntry> entries(int count, String... tags) {
        Map<CacheKey, CacheEntry> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put(key(i), entry("entry " + i, tags));
        }
        return entries;
    }

    /** Returns what {@link CacheStore#scan} shows; fails if it shows a key twice. */
    static Map<CacheKey, CacheEntry> scan(CacheStore store) {
        Map<CacheKey, CacheEntry> seen = new LinkedHashMap<>();
        store.scan(
                (key, entry) -> {
                    if (seen.put(key, entry) != null) {
                        throw new AssertionError("the scan showed a key twice: " + key);
                    }
                },
                soon());
        return seen;
    }

    static Deadline soon() {
        return Deadline.after(PATIENCE);
    }

    static Deadline expired() {
        return Deadline.after(Duration.ZERO);
    }

    /** Waits for {@code stage} and throws the {@link CacheStoreException} that it failed with. */
    static void await(CompletionStage<@Nullable Void> stage) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        stage.whenComplete((nothing, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
        try {
            done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapping ? wrapping.getCause() : e.getCause();
            if (cause instanceof CacheStoreException failure) {
                throw failure;
            }
            throw new AssertionError("a stage fails with CacheStoreException and nothing else", cause);
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("the stage did not complete", e);
        }
    }

    static void assertTimesOut(ThrowingCallable call) {
        assertThatThrownBy(call).as("a call past its deadline").isInstanceOfSatisfying(CacheStoreException.class, e -> {
            if (e.kind() != CacheStoreException.Kind.TIMEOUT) {
                throw new AssertionError("expected TIMEOUT but got " + e.kind(), e);
            }
        });
    }

    /** Returns null where the contract forbids it. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T nothing() {
        return null;
    }
}
