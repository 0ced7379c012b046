package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.Deadline;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WriteQueueTest {
    private final WriteQueue queue = new WriteQueue(1000);

    @Test
    void nobodyPassesWhoWaitsForRoom() throws Exception {
        queue.put(new Op(900), soon());
        Thread large = waitOutside(new Op(1000));

        assertThat(queue.offer(new Op(50))).isFalse();
        assertThatThrownBy(() -> queue.put(new Op(50), Deadline.after(Duration.ofMillis(50))))
                .isInstanceOfSatisfying(
                        CacheStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));

        finishOne(900);
        large.join();
        finishOne(1000);
        assertThat(queue.offer(new Op(50))).isTrue();
    }

    @Test
    void whoGivesUpWaitingLetsTheNextOneIn() throws Exception {
        queue.put(new Op(900), soon());
        Thread large = waitOutside(new Op(1000));
        Thread small = waitOutside(new Op(50));
        large.interrupt();
        large.join();
        small.join();
        finishOne(900);
        finishOne(50);
    }

    @Test
    void closingSendsAwayWhoWaitsForRoom() throws Exception {
        queue.put(new Op(900), soon());
        Thread first = waitOutside(new Op(1000));
        Thread second = waitOutside(new Op(1000));
        queue.close();
        first.join();
        second.join();
        finishOne(900);
        assertThat(queue.isEmpty()).isTrue();
    }

    private Thread waitOutside(Op op) {
        Thread thread = new Thread(() -> {
            try {
                queue.put(op, soon());
            } catch (CacheStoreException | IllegalStateException e) {
                // Interrupted or closed, as the test wants it.
                assertThat(op.isQueued()).isTrue();
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private void finishOne(long bytes) {
        List<WriteOp> group = queue.take(1, 1);
        assertThat(group).singleElement().satisfies(op -> assertThat(op.bytes()).isEqualTo(bytes));
        queue.release(group);
    }

    @Test
    void whatIsPutBackBehindAnotherComesRightAfterIt() {
        Op first = new Op(1);
        Op second = new Op(2);
        Op third = new Op(3);
        for (Op op : List.of(first, second, third)) {
            queue.put(op, Deadline.never());
        }
        assertThat(queue.take(2, 3)).containsExactly(first, second);
        first.requeue();
        second.requeue();
        queue.putBack(List.of(first));
        queue.putBackBehind(first, List.of(second));
        assertThat(queue.take(3, 10)).containsExactly(first, second, third);
    }

    private static final class Op extends WriteOp {
        private final long bytes;

        Op(long bytes) {
            super("test", Deadline.never());
            this.bytes = bytes;
        }

        @Override
        long execute(WriteSession session, long roomBytes) {
            return 0;
        }

        @Override
        long bytes() {
            return bytes;
        }
    }
}
