package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheKey;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stands in front of the store while writes and removals of one key overlap, and what it is told in the end. */
final class OnTheWayTest {
    private static final CacheKey KEY = CacheKey.sha256(new byte[] {1});

    private final OnTheWay onTheWay = new OnTheWay();
    private final StoredResponse first = StoredForms.response(KEY, new Random(1));
    private final StoredResponse second = StoredForms.response(KEY, new Random(2));

    private void begin(Stored stored) {
        assertThat(onTheWay.begin(KEY, stored, () -> false)).isTrue();
    }

    @Test
    void oneWriteLeavesNothingToDo() {
        begin(first);
        assertThat(onTheWay.get(KEY)).isSameAs(first);
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.get(KEY)).isNull();
    }

    @Test
    void whatIsOutOfDateDoesNotBegin() {
        assertThat(onTheWay.begin(KEY, first, () -> true)).isFalse();
        assertThat(onTheWay.get(KEY)).isNull();
    }

    @Test
    void theLaterOfTwoWritesIsShownUntilBothHaveEndedAndWrittenAgain() {
        begin(first);
        begin(second);
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.get(KEY)).isSameAs(second);
        assertThat(onTheWay.end(KEY)).as("whichever landed last").isSameAs(second);
        assertThat(onTheWay.get(KEY)).isSameAs(second);
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.get(KEY)).isNull();
    }

    @Test
    void whatWasRemovedIsNotShownAndIsRemovedAgain() {
        begin(first);
        assertThat(onTheWay.remove(KEY)).isTrue();
        assertThat(onTheWay.remove(KEY)).as("gone already").isFalse();
        assertThat(onTheWay.get(KEY)).isSameAs(OnTheWay.Gone.GONE);
        assertThat(onTheWay.end(KEY)).isSameAs(OnTheWay.Gone.GONE);
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.remove(KEY)).isFalse();
        assertThat(onTheWay.get(KEY)).isNull();
    }

    @Test
    void aWriteAfterARemovalIsWhatTheStoreComesTo() {
        begin(first);
        assertThat(onTheWay.remove(KEY)).isTrue();
        begin(second);
        assertThat(onTheWay.get(KEY)).isSameAs(second);
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.end(KEY)).isSameAs(second);
        assertThat(onTheWay.end(KEY)).isNull();
    }

    @Test
    void aRemovalWhileTheStoreIsToldAgainIsToldToo() {
        begin(first);
        begin(second);
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.end(KEY)).isSameAs(second);
        assertThat(onTheWay.remove(KEY)).isTrue();
        assertThat(onTheWay.end(KEY)).isSameAs(OnTheWay.Gone.GONE);
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.get(KEY)).isNull();
    }

    @Test
    void ofTwoIndexesEitherWillDo() {
        VaryIndex index = StoredForms.index(KEY, new Random(3));
        begin(index);
        begin(index);
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.end(KEY)).isNull();
        assertThat(onTheWay.get(KEY)).isNull();
    }
}
