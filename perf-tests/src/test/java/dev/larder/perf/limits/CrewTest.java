package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
    @Test
    void allCallersWorkAtOnce() throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        Set<Integer> numbers = ConcurrentHashMap.newKeySet();

        Sample sample = Crew.run(4, 40, caller -> {
            together.await();
            numbers.add(caller);
            return 0;
        });

        assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(sample.operations()).isEqualTo(40);
        assertThat(sample.nanos()).isPositive();
    }

    @Test
    void countsWhatALoneCallerAllocates() throws Exception {
        byte[][] arrays = new byte[10][];

        Sample sample = Crew.run(1, 10, caller -> {
            for (int i = 0; i < arrays.length; i++) {
                arrays[i] = new byte[100_000];
            }
            return 0;
        });

        assertThat(sample.bytesAllocatedEach()).isBetween(100_000.0, 110_000.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void wrongValueIsAFailure(int callers) {
        assertThatThrownBy(() -> Crew.run(callers, 30, caller -> 2))
                .isInstanceOf(LimitsException.class)
                .hasMessage(2 * callers + " values were missing or wrong");
    }

    @Test
    void interruptOfALoneCallerIsNoFailure() {
        assertThatThrownBy(() -> Crew.run(1, 10, caller -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void failedCallIsAFailure(int callers) {
        IllegalStateException cause = new IllegalStateException("the store is closed");

        assertThatThrownBy(() -> Crew.run(callers, 30, caller -> {
                    throw cause;
                }))
                .isInstanceOf(LimitsException.class)
                .hasMessageContaining("the store is closed")
                .hasCause(cause);
    }
}
