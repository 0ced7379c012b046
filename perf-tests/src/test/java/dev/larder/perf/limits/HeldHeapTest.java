package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldHeapTest {
    @Test
    void downloadHoldsAFewTimesWhatIsRecordedAtMost() throws Exception {
        Effort once = new Effort(1, 1, 1, 1, 0, 1);
        try (Origin origin = Origin.of(Downloads::page)) {
            HeldHeap held = new HeldHeap("held", Downloads.ofUnknownLength(origin));

            List<Row> rows = new ArrayList<>();
            held.run(new Order("held"::equals, once, Progress.none()), rows::add);

            assertThat(rows).hasSize(1);
            // Of 100 MB. Three times, because the pieces that wait for a slow reader and other tests' heap count too.
            assertThat(rows.get(0).ours()).isLessThan(3.0 * MemoryClient.MAX_ENTRY_BYTES);
            assertThat(rows.get(0).floor()).isGreaterThan(MemoryClient.MAX_ENTRY_BYTES);
        }
    }
}
