package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairingTest {
    private static final int STEP = 8;

    private final List<String> events = new ArrayList<>();

    /** Takes a microsecond for each operation of ours and two for each of the floor. */
    private Side side(String name, long nanosEach) {
        return Side.of(
                () -> {
                    events.add(name + " opened");
                    return () -> events.add(name + " closed");
                },
                (opened, operations) -> () -> {
                    events.add(name + " " + operations);
                    return new Sample(operations, operations * nanosEach, 0, 0);
                });
    }

    private Pairing.Samples run(int repetitions) throws Exception {
        Effort effort = new Effort(repetitions, 10_000, 200_000, 0, 0, 0);
        return new Pairing(side("ours", 1_000), side("floor", 2_000), STEP, effort, i -> events.add("round " + i))
                .run();
    }

    @Test
    void sidesTakeTurnsAndSoDoesWhoGoesFirst() throws Exception {
        run(3);

        // In 200 us the floor does 100 operations, which is 104 in steps of 8; and 56 before them.
        assertThat(events.subList(events.indexOf("round 1"), events.size()))
                .containsExactly(
                        "round 1",
                        "ours opened",
                        "ours 56",
                        "ours 104",
                        "ours closed",
                        "floor opened",
                        "floor 56",
                        "floor 104",
                        "floor closed",
                        "round 2",
                        "floor opened",
                        "floor 56",
                        "floor 104",
                        "floor closed",
                        "ours opened",
                        "ours 56",
                        "ours 104",
                        "ours closed",
                        "round 3",
                        "ours opened",
                        "ours 56",
                        "ours 104",
                        "ours closed",
                        "floor opened",
                        "floor 56",
                        "floor 104",
                        "floor closed");
    }

    @Test
    void bothDoTheSameInTheWarmUp() throws Exception {
        run(1);

        List<String> warmUp = events.subList(0, events.indexOf("round 1"));
        assertThat(warmUp).startsWith("round 0", "ours opened", "floor opened", "ours 32", "floor 32");
        assertThat(work(warmUp, "ours ")).isEqualTo(work(warmUp, "floor ")).isNotEmpty();
        assertThat(warmUp).endsWith("floor closed", "ours closed");
    }

    private static List<String> work(List<String> events, String side) {
        return events.stream()
                .filter(event -> event.matches(side + "[0-9]+"))
                .map(event -> event.substring(side.length()))
                .toList();
    }

    @Test
    void onlyWhatWasMeasuredIsReturned() throws Exception {
        Pairing.Samples samples = run(2);

        assertThat(samples.ours()).hasSize(2).allMatch(sample -> sample.perSecond() == 1e6);
        assertThat(samples.floor()).hasSize(2).allMatch(sample -> sample.operations() == 104);
    }
}
