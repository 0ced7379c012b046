package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitTest {
    private static Row allocation(long ours, long floor) {
        Pairing.Samples samples =
                new Pairing.Samples(List.of(new Sample(10, 1, 0, ours)), List.of(new Sample(10, 1, 0, floor)));
        return Limit.allocationAllowed("name", 100).row(samples);
    }

    @Test
    void oursMayAllocateSoMuchMoreThanTheOther() {
        Row row = allocation(6000, 5000);

        assertThat(row.ours()).isEqualTo(600);
        assertThat(row.floor()).isEqualTo(600);
        assertThat(row.holds()).isTrue();
        assertThat(allocation(6001, 5000).holds()).isFalse();
    }
}
