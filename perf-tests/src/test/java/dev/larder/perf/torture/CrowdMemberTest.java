package dev.larder.perf.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member of the crowd is content with a sound store, and with no other. */
class CrowdMemberTest {
    private static final int OWNERS = 2;
    private static final int OTHER = 1;

    private final CacheStore store = CacheStores.open("memory:");

    @AfterEach
    void close() {
        store.close();
    }

    private CrowdMember member(boolean bounded) {
        return new CrowdMember(
                store, new Script(Script.Mix.EVERYTHING, 9, 0, 0, CrowdPlan.KEYS), 0, OWNERS, bounded, 9);
    }

    private static void play(CrowdMember member) {
        member.play(400, System.nanoTime() + TimeUnit.MINUTES.toNanos(5));
    }

    private void putAll(int owner, long version) {
        for (int index = 0; index < CrowdPlan.KEYS; index++) {
            store.put(Contents.key(owner, index), Contents.entry(owner, index, version), Deadline.never());
        }
    }

    @Test
    void aSoundStorePasses() {
        putAll(OTHER, 1);
        CrowdMember member = member(false);
        play(member);
        putAll(OTHER, 2);
        play(member);
        assertThat(member.findings()).isEmpty();
        assertThat(member.calls().count()).isGreaterThan(800);
        for (int index = 0; index < CrowdPlan.KEYS; index++) {
            assertThat(new Performer(store, 0).get(0, index))
                    .isEqualTo(member.held().get(index));
        }
    }

    @Test
    void anEntryThatWentAstrayIsFoundUnlessItMayBeEvicted() {
        CrowdMember strict = member(false);
        play(strict);
        store.clear(Deadline.never());
        play(strict);
        assertThat(strict.findings()).singleElement().asString().startsWith("owner 0 got [");

        store.clear(Deadline.never());
        CrowdMember bounded = member(true);
        play(bounded);
        store.clear(Deadline.never());
        play(bounded);
        assertThat(bounded.findings()).isEmpty();
    }

    @Test
    void anotherVersionThanItsOwnersIsFoundInABoundedStoreToo() {
        for (boolean bounded : new boolean[] {false, true}) {
            store.clear(Deadline.never());
            CrowdMember member = member(bounded);
            play(member);
            putAll(0, 123_456);
            play(member);
            assertThat(member.findings()).singleElement().asString().startsWith("owner 0 got [");
        }
    }

    @Test
    void anEvictedEntryThatComesBackIsFound() {
        CrowdMember member = member(true);
        play(member);
        Holdings before = member.held().copy();
        store.clear(Deadline.never());
        play(member);
        for (int index = 0; index < CrowdPlan.KEYS; index++) {
            if (member.held().get(index) == Contents.ABSENT && before.get(index) != Contents.ABSENT) {
                store.put(Contents.key(0, index), Contents.entry(0, index, before.get(index)), Deadline.never());
            }
        }
        play(member);
        assertThat(member.findings()).singleElement().asString().startsWith("owner 0 got [");
    }

    @Test
    void anotherOwnersOldEntryIsFound() {
        putAll(OTHER, 5);
        CrowdMember member = member(false);
        play(member);
        putAll(OTHER, 4);
        play(member);
        assertThat(member.findings())
                .singleElement()
                .asString()
                .matches("owner 0 got version 4 of key [0-9]+ of owner 1 after version 5");
    }

    @Test
    void anotherOwnersMixedUpEntryIsFound() {
        for (int index = 0; index < CrowdPlan.KEYS; index++) {
            store.put(Contents.key(OTHER, index), Contents.entry(OTHER, index + 1, 5), Deadline.never());
        }
        CrowdMember member = member(true);
        play(member);
        assertThat(member.findings()).singleElement().asString().contains("got what was never put there of key ");
    }

    @Test
    void aCallThatFailsIsFound() {
        store.close();
        CrowdMember member = member(false);
        play(member);
        assertThat(member.findings()).singleElement().asString().startsWith("owner 0: a call failed: ");
    }
}
