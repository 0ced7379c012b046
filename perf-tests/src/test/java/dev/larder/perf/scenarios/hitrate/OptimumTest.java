package dev.larder.perf.scenarios.hitrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.SplitMix;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptimumTest {
    @Test
    void theOneThatIsNeededLastGoes() {
        // Room for two. 2 is not asked for again, so it need not be kept, and 0 and 1 are there when they are.
        assertThat(Optimum.hits(new Trace(3, 0, 1, 2, 0, 1), 2)).isEqualTo(2);
        // Here one of three that come back has to go.
        assertThat(Optimum.hits(new Trace(3, 0, 1, 2, 0, 1, 2), 2)).isEqualTo(2);
    }

    @Test
    void withoutRoomNothingIsAnsweredAndWithEnoughAllButTheFirst() {
        Trace trace = Trace.zipf(50, 500, 1);

        assertThat(Optimum.hits(trace, 0)).isZero();
        assertThat(Optimum.hits(trace, 50)).isEqualTo(trace.mostHits());
    }

    @Test
    void noChoiceOfWhatGoesAnswersMore() {
        for (int seed = 0; seed < 200; seed++) {
            int[] numbers = new int[10];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (int) (SplitMix.unit(seed, i) * 4);
            }
            for (int room = 1; room <= 3; room++) {
                assertThat(Optimum.hits(new Trace(4, numbers), room))
                        .as("%s, room for %d", Arrays.toString(numbers), room)
                        .isEqualTo(best(numbers, 0, Set.of(), room));
            }
        }
    }

    /** Tries everything. */
    private static int best(int[] numbers, int call, Set<Integer> there, int room) {
        if (call == numbers.length) {
            return 0;
        }
        if (there.contains(numbers[call])) {
            return 1 + best(numbers, call + 1, there, room);
        }
        Set<Integer> more = new HashSet<>(there);
        more.add(numbers[call]);
        if (more.size() <= room) {
            return best(numbers, call + 1, more, room);
        }
        int best = 0;
        for (int gone : more) {
            Set<Integer> left = new HashSet<>(more);
            left.remove(gone);
            best = Math.max(best, best(numbers, call + 1, left, room));
        }
        return best;
    }
}
