package dev.larder.perf.scenarios.held;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.perf.suite.ForwardingStore;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Planted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    @TempDir
    private Path directory;

    @Test
    void storeThatLeaksIsFound() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        Measurement measurement = Planted.run(Memory.scenario(), Planted.store(store -> new Leaking(store, file)));

        assertThat(measurement.faults()).as(measurement.details().toString()).hasSize(3);
        assertThat(measurement.faults().get(0))
                .startsWith("each of 10 rounds of the same work leaves more file handles open: ");
        assertThat(measurement.faults().get(1)).startsWith("each of 10 rounds of the same work leaves more threads: ");
        assertThat(measurement.faults().get(2)).startsWith("the heap has grown by ");
        assertThat((double) measurement.details().get("heapBytesPerRound")).isGreaterThan(1 << 20);
        assertThat(measurement.upstreamCalls()).isEqualTo(10 * 100 * 2);
        assertThat(measurement.details()).containsKeys("idle", "waiting", "rounds", "waitingHeapBytes");
    }

    @Test
    void whatDoesNotGrowEveryTimeIsNoLeak() {
        assertThat(faults(10, 11, 12, 12, 13)).isEmpty();
        assertThat(faults(10, 20, 30, 40, 39)).isEmpty();
        assertThat(faults(10, 11, 12, 13, 14))
                .containsExactly(
                        "each of 5 rounds of the same work leaves more file handles open: 10, 11, 12, 13, 14",
                        "each of 5 rounds of the same work leaves more threads: 10, 11, 12, 13, 14");
    }

    @Test
    void aLeakIsFoundAlsoWhereSomethingElseEndsInBetween() {
        assertThat(faults(10, 20, 30, 29, 39, 49, 59, 69, 79, 89)).hasSize(2);
        assertThat(faults(10, 20, 30, 29, 39, 38, 59, 69, 79, 89)).isEmpty();
    }

    @Test
    void heapMayGrowInTheFirstRound() {
        long much = Leaks.HEAP_BYTES;
        assertThat(new Leaks(List.of(heap(0), heap(10 * much), heap(10 * much), heap(11 * much))).faults())
                .isEmpty();
        assertThat(new Leaks(List.of(heap(0), heap(0), heap(0), heap(much + 1))).faults())
                .singleElement()
                .asString()
                .startsWith("the heap has grown by " + (much + 1) + " bytes");
    }

    private static Held heap(long bytes) {
        return new Held(bytes, 0, 0, 0);
    }

    private static List<String> faults(int... counts) {
        return new Leaks(IntStream.of(counts)
                        .mapToObj(count -> new Held(0, 0, count, count))
                        .toList())
                .faults();
    }

    /** Leaves threads, file handles and some memory behind each time it is cleared. */
    private static final class Leaking extends ForwardingStore {
        // More than what comes and goes by itself.
        private static final int EACH = 10;

        private final Path file;
        private final CountDownLatch end = new CountDownLatch(1);
        private final List<InputStream> open = new ArrayList<>();
        private final List<byte[]> kept = new ArrayList<>();

        Leaking(CacheStore store, Path file) {
            super(store);
            this.file = file;
        }

        @Override
        public void clear(Deadline deadline) {
            super.clear(deadline);
            kept.add(new byte[2 << 20]);
            for (int i = 0; i < EACH; i++) {
                Thread thread = new Thread(this::awaitEnd, "leaked");
                thread.setDaemon(true);
                thread.start();
                try {
                    open.add(Files.newInputStream(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private void awaitEnd() {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            end.countDown();
            for (InputStream each : open) {
                try {
                    each.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            super.close();
        }
    }
}
