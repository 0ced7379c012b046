package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Removal by tag takes every entry that carries exactly this tag now, and no other. */
abstract class TagRules extends Rules {
    TagRules(ContractRun run) {
        super(run);
    }

    @Test
    void removeTaggedErasesWhatCarriesTheTag() {
        CacheStore store = open();
        store.put(key(1), entry("one", "red"), soon());
        store.put(key(2), entry("two", "red", "blue"), soon());
        store.put(key(3), entry("three", "blue"), soon());
        store.put(key(4), entry("four"), soon());
        store.removeTagged("red", soon());
        assertThat(scan(store)).containsOnlyKeys(key(3), key(4));
        assertThat(store.get(key(1), soon())).isNull();
        assertThat(store.get(key(2), soon())).isNull();
    }

    @Test
    void removeTaggedSaysHowManyWent() {
        CacheStore store = open();
        store.putAll(entries(500, "red", "blue"), soon());
        store.put(key("alone"), entry("alone", "blue"), soon());
        assertThat(store.removeTagged("red", soon())).isEqualTo(500);
        assertThat(store.removeTagged("red", soon())).isZero();
        assertThat(store.removeTagged("blue", soon())).isEqualTo(1);
    }

    @Test
    void aTagNobodyCarriesRemovesNothing() {
        CacheStore store = open();
        store.put(key(1), entry("one", "red"), soon());
        assertThat(store.removeTagged("green", soon())).isZero();
        assertThat(store.get(key(1), soon())).isEqualTo(entry("one", "red"));
    }

    @Test
    void tagsAreNotMatchedByPrefixOrPattern() {
        CacheStore store = open();
        List<String> tags = List.of("a", "ab", "abc", "b", "A", "a%", "a_", "a*", ".*", "a ", " a", "a,b", "a\0");
        for (int i = 0; i < tags.size(); i++) {
            store.put(key(i), entry("entry " + i, tags.get(i)), soon());
        }
        for (int i = 0; i < tags.size(); i++) {
            assertThat(store.removeTagged(tags.get(i), soon()))
                    .as("entries removed by the tag '%s'", tags.get(i))
                    .isEqualTo(1);
            assertThat(store.get(key(i), soon())).isNull();
            assertThat(scan(store)).hasSize(tags.size() - i - 1);
        }
    }

    @Test
    void tagsAreComparedByCharacterNotByLook() {
        CacheStore store = open();
        store.put(key(1), entry("composed", "caf\u00e9"), soon());
        store.put(key(2), entry("decomposed", "cafe\u0301"), soon());
        assertThat(store.removeTagged("cafe\u0301", soon())).isEqualTo(1);
        assertThat(store.get(key(1), soon())).isNotNull();
        assertThat(store.removeTagged("caf\u00e9", soon())).isEqualTo(1);
    }

    @Test
    void aLongTagIsComparedWhole() {
        CacheStore store = open();
        String tag = "long".repeat(500);
        store.put(key(1), entry("one", tag + "1"), soon());
        store.put(key(2), entry("two", tag + "2"), soon());
        assertThat(store.removeTagged(tag, soon())).isZero();
        assertThat(store.removeTagged(tag + "1", soon())).isEqualTo(1);
        assertThat(scan(store)).containsOnlyKeys(key(2));
    }

    @Test
    void anOverwriteReplacesTheTags() {
        CacheStore store = open();
        store.put(key(1), entry("one", "old", "both"), soon());
        store.put(key(1), entry("two", "both", "new"), soon());
        assertThat(store.removeTagged("old", soon())).isZero();
        assertThat(store.get(key(1), soon())).isEqualTo(entry("two", "both", "new"));
        assertThat(store.removeTagged("new", soon())).isEqualTo(1);
        assertThat(store.removeTagged("both", soon())).isZero();
    }

    @Test
    void anOverwriteWithoutTagsLeavesNone() {
        CacheStore store = open();
        store.put(key(1), entry("one", "old"), soon());
        store.putAll(Map.of(key(1), entry("two")), soon());
        assertThat(store.removeTagged("old", soon())).isZero();
        assertThat(store.get(key(1), soon())).isEqualTo(entry("two"));
    }

    @Test
    void aRemovedEntryTakesItsTagsWithIt() {
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        store.remove(key(1), soon());
        store.put(key(2), entry("two", "tag", "other"), soon());
        store.removeTagged("other", soon());
        store.put(key(1), entry("again"), soon());
        store.put(key(2), entry("again"), soon());
        assertThat(store.removeTagged("tag", soon())).isZero();
        assertThat(scan(store)).containsOnlyKeys(key(1), key(2));
    }

    @Test
    void entriesPutInAnyWayCarryTheirTags() {
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        store.putAll(Map.of(key(2), entry("two", "tag"), key(3), entry("three", "tag")), soon());
        await(store.putAsync(key(4), entry("four", "tag"), soon()));
        assertThat(store.removeTagged("tag", soon())).isEqualTo(4);
        assertThat(scan(store)).isEmpty();
    }

    @Test
    void anEntryCanBeTaggedAgainAfterRemoval() {
        CacheStore store = open();
        store.put(key(1), entry("one", "tag"), soon());
        store.removeTagged("tag", soon());
        store.put(key(1), entry("two", "tag"), soon());
        assertThat(store.get(key(1), soon())).isEqualTo(entry("two", "tag"));
        assertThat(store.removeTagged("tag", soon())).isEqualTo(1);
    }
}
