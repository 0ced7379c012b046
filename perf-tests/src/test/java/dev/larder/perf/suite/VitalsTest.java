package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VitalsTest {
    // Far more than what other tests have left behind and may be collected meanwhile.
    private static final int MEBIBYTES_64 = 64 << 20;

    @Test
    void whatIsHeldIsSeen() {
        Vitals before = Vitals.afterGc();
        byte[] held = new byte[MEBIBYTES_64];
        ByteBuffer direct = ByteBuffer.allocateDirect(MEBIBYTES_64);
        Vitals meanwhile = Vitals.afterGc();
        Reference.reachabilityFence(held);
        Reference.reachabilityFence(direct);

        assertThat(meanwhile.heapBytes() - before.heapBytes()).isGreaterThan(MEBIBYTES_64 / 2);
        assertThat(meanwhile.directBytes() - before.directBytes()).isGreaterThan(MEBIBYTES_64 / 2);
        assertThat(meanwhile.threads()).isPositive();
    }

    @Test
    void listOfPausesStaysShortAndKeepsTheLongOnes() {
        try (GcWatch watch = GcWatch.open()) {
            watch.close();
            long others = watch.count();
            for (int i = 1; i <= 10_000; i++) {
                watch.add(new Series.Pause(i, i == 5_000 ? 99_000 : 1_000, "planted", 7));
            }

            List<Series.Pause> pauses = watch.pauses();
            assertThat(pauses).hasSizeLessThanOrEqualTo(GcWatch.MOST);
            assertThat(watch.count() - others).isEqualTo(10_000);
            assertThat(watch.totalMillis()).isGreaterThanOrEqualTo(10_098);
            assertThat(pauses).contains(new Series.Pause(5_000, 99_000, "planted", 7));
            assertThat(pauses).extracting(Series.Pause::atMillis).isSorted();
        }
    }

    @Test
    @Timeout(60)
    void pausesAreNoted() {
        try (GcWatch watch = GcWatch.open()) {
            System.gc();
            // The JVM tells of it on a thread of its own.
            while (watch.count() == 0) {
                Thread.onSpinWait();
            }

            assertThat(watch.pauses()).isNotEmpty().allSatisfy(pause -> {
                assertThat(pause.heapAfterBytes()).isPositive();
                assertThat(pause.cause()).isNotEmpty();
            });
        }
    }
}
