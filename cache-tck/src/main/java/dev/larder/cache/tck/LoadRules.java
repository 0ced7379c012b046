package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The loads under which services have lost a third or half of their calls to a store that one caller at a time was
 * enough for. Here every call succeeds, and what it returns is exact.
 */
abstract class LoadRules extends Rules {
    private static final int WRITERS = 20;
    private static final int USERS = 100;
    private static final int SHARED = 10;

    LoadRules(ContractRun run) {
        super(run);
    }

    private static CacheEntry answer(String question, int version) {
        return entry(question + ", version " + version + " " + "of the answer ".repeat(50), question);
    }

    /** Returns the version of an answer to {@code question}, after a look at every byte of it. */
    private static int version(String question, CacheEntry answer) {
        String text = new String(answer.data(), StandardCharsets.UTF_8);
        assertThat(text).startsWith(question + ", version ");
        int version = Integer.parseInt(text.substring((question + ", version ").length(), text.indexOf(" of the")));
        assertThat(answer).isEqualTo(answer(question, version));
        return version;
    }

    private static Map<CacheKey, CacheEntry> shared(int version) {
        Map<CacheKey, CacheEntry> shared = new LinkedHashMap<>();
        for (int i = 0; i < SHARED; i++) {
            shared.put(key("shared " + i), answer("shared " + i, version));
        }
        return shared;
    }

    @Test
    void aHundredWritesOneAfterTheOther() {
        CacheStore store = open();
        Map<CacheKey, CacheEntry> written = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            written.put(key(i), answer("question " + i, i));
            store.put(key(i), answer("question " + i, i), soon());
        }
        assertThat(store.getAll(written.keySet(), soon())).isEqualTo(written);
        assertThat(scan(store)).isEqualTo(written);
        assertThat(store.stats().puts()).isEqualTo(100);
    }

    @Test
    void twentyWritersAtOnce() {
        CacheStore store = open();
        Together.run(WRITERS, writer -> {
            for (int i = 0; i < 10; i++) {
                store.put(key("writer " + writer + " " + i), answer("writer " + writer, i), soon());
            }
        });
        for (int writer = 0; writer < WRITERS; writer++) {
            for (int i = 0; i < 10; i++) {
                assertThat(store.get(key("writer " + writer + " " + i), soon()))
                        .isEqualTo(answer("writer " + writer, i));
            }
        }
        assertThat(store.stats().puts()).isEqualTo(10 * WRITERS);
    }

    @Test
    void aHundredReadsOneAfterTheOther() {
        CacheStore store = open();
        store.putAll(shared(1), soon());
        for (int i = 0; i < 100; i++) {
            String question = "shared " + i % SHARED;
            assertThat(store.get(key(question), soon())).isEqualTo(answer(question, 1));
        }
        assertThat(store.stats().hits()).isEqualTo(100);
        assertThat(store.stats().misses()).isZero();
    }

    @Test
    void writersAndReadersMixed() {
        CacheStore store = open();
        store.putAll(shared(0), soon());
        Together.run(2 * SHARED, thread -> {
            int[] seen = new int[SHARED];
            for (int round = 1; round <= 20; round++) {
                int number = thread < SHARED ? thread : (thread + round) % SHARED;
                String question = "shared " + number;
                if (thread < SHARED) {
                    store.put(key(question), answer(question, round), soon());
                }
                CacheEntry answer = Objects.requireNonNull(store.get(key(question), soon()), "an entry was lost");
                int version = version(question, answer);
                // Its writer sees its own, and others at least what they have seen before.
                assertThat(version).isBetween(thread < SHARED ? round : seen[number], 20);
                seen[number] = version;
            }
        });
        assertThat(scan(store)).isEqualTo(shared(20));
    }

    @Test
    void aHundredUsersAtOnce() {
        CacheStore store = open();
        store.putAll(shared(1), soon());
        Together.run(USERS, user -> {
            String own = "user " + user;
            assertThat(store.get(key(own), soon())).isNull();
            for (int i = 0; i < 3; i++) {
                String question = "shared " + (user + i) % SHARED;
                assertThat(store.get(key(question), soon())).isEqualTo(answer(question, 1));
                store.put(key(own), answer(own, i), soon());
                assertThat(store.get(key(own), soon())).isEqualTo(answer(own, i));
            }
            assertThat(store.getAll(shared(1).keySet(), soon())).isEqualTo(shared(1));
            if (user % 4 == 0) {
                assertThat(store.remove(key(own), soon())).isTrue();
            } else if (user % 4 == 1) {
                assertThat(store.removeTagged(own, soon())).isEqualTo(1);
            }
        });
        Map<CacheKey, CacheEntry> left = shared(1);
        for (int user = 0; user < USERS; user++) {
            if (user % 4 > 1) {
                left.put(key("user " + user), answer("user " + user, 2));
            }
        }
        assertThat(scan(store)).isEqualTo(left);
    }
}
