package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ScalingTest {
    private final List<String> ran = new ArrayList<>();
    // Ours falls from 400 to 100, the floor from 400 to 200.
    private final Scaling scaling = new Scaling(
            "kept", List.of(duel("1 caller", 100, 400), duel("2 callers", 400, 200), duel("4 callers", 100, 500)));

    private Duel duel(String name, long ours, long floor) {
        return new Duel(Limit.throughput(name, null), side(name, ours), side(name, floor), 1);
    }

    private Side side(String name, long perSecond) {
        return Side.of(() -> () -> ran.add(name), (opened, operations) -> {
            long nanos = operations * 1_000_000_000 / perSecond;
            return () -> new Sample(operations, nanos, 0, 0);
        });
    }

    private static Order order(Predicate<String> wanted) {
        return new Order(wanted, new Effort(1, 1, 1, 0, 0, 0), Progress.none());
    }

    private List<Row> rows(Order order) throws Exception {
        List<Row> rows = new ArrayList<>();
        scaling.run(order, rows::add);
        return rows;
    }

    @Test
    void tellsHowMuchOfItsBestEachSideKeeps() throws Exception {
        List<Row> rows = rows(order(name -> true));

        assertThat(rows).extracting(Row::name).containsExactly("1 caller", "2 callers", "4 callers", "kept");
        assertThat(rows.get(3).ours()).isEqualTo(0.25);
        assertThat(rows.get(3).floor()).isEqualTo(0.5);
        assertThat(rows.get(3).ratio()).isEqualTo(0.5);
        assertThat(rows.get(3).target()).isNull();
    }

    @Test
    void runsOnlyWhatIsWanted() throws Exception {
        Order two = order("2 callers"::equals);

        assertThat(rows(two)).extracting(Row::name).containsExactly("2 callers");
        assertThat(ran).isNotEmpty().containsOnly("2 callers");
        assertThat(scaling.steps(two)).isEqualTo(2);
    }

    @Test
    void needsAllForTheRowAboutAll() throws Exception {
        Order kept = order("kept"::equals);

        assertThat(rows(kept)).extracting(Row::name).containsExactly("kept");
        assertThat(ran).contains("1 caller", "2 callers", "4 callers");
        assertThat(scaling.steps(kept)).isEqualTo(6);
    }
}
