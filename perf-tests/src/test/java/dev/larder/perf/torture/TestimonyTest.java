package dev.larder.perf.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What one thread's call says about the puts of another. */
class TestimonyTest {
    private static final int KEYS = 50;

    private final Script.Mix mix = Script.Mix.RUNS_OF_PUTS;
    private final List<Holdings> start = List.of(new Holdings(KEYS), new Holdings(KEYS));
    private final List<Holdings> states =
            List.of(start.get(0).copy(), start.get(1).copy());
    private final List<Script> scripts = List.of(new Script(mix, 3, 0, 0, KEYS), new Script(mix, 3, 0, 1, KEYS));
    private final int[] performed = new int[2];

    private Testimony testimony(boolean behind) {
        return new Testimony(new KillPlan(1, 3, behind, 2, Path.of("unused")), mix, 0, Integer.MAX_VALUE, start);
    }

    /** Performs operations of an owner up to and with the next one like this. */
    private void perform(Testimony testimony, int owner, Predicate<Op> last) {
        Op op;
        do {
            op = scripts.get(owner).next();
            Holdings state = states.get(owner);
            testimony.hear(Ack.of(owner, performed[owner]++, state.expected(op)));
            state.apply(op);
        } while (!last.test(op));
    }

    private boolean nothingOfTheFirstOwnerMayBeMissing(Testimony testimony) {
        return testimony.ledgers().get(0).judge(start.get(0)).fault() != null;
    }

    @Test
    void aCommittedPutVouchesForItself() {
        Testimony testimony = testimony(false);
        perform(testimony, 0, Op::isPut);
        assertThat(nothingOfTheFirstOwnerMayBeMissing(testimony)).isTrue();
    }

    @Test
    void aPutBehindVouchesForNothing() {
        Testimony testimony = testimony(true);
        perform(testimony, 0, Op::isPut);
        perform(testimony, 1, Op::isPut);
        assertThat(nothingOfTheFirstOwnerMayBeMissing(testimony)).isFalse();
        assertThat(testimony.acknowledgedWrites()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aBarrierVouchesForWhatHadReturnedBeforeItBegan() {
        Testimony testimony = testimony(true);
        perform(testimony, 0, Op::isPut);
        // Begun at the latest now, and only the one after it surely begins after the put.
        perform(testimony, 1, op -> !op.isBarrier());
        perform(testimony, 1, Op::isBarrier);
        assertThat(nothingOfTheFirstOwnerMayBeMissing(testimony)).isTrue();
    }

    @Test
    void aBarrierDoesNotVouchForWhatMayHaveReturnedLater() {
        Testimony testimony = testimony(true);
        Script preview = new Script(mix, 3, 0, 1, KEYS);
        int barrier = 0;
        while (!preview.next().isBarrier()) {
            barrier++;
        }
        int last = barrier - 1;
        perform(testimony, 1, op -> performed[1] == last + 1);
        perform(testimony, 0, Op::isPut);
        perform(testimony, 1, Op::isBarrier);
        assertThat(nothingOfTheFirstOwnerMayBeMissing(testimony)).isFalse();
    }

    @Test
    void anOrderlyEndVouchesForEverything() {
        Testimony testimony = testimony(true);
        perform(testimony, 0, Op::isPut);
        testimony.hear(Ack.of(Ack.Stage.CLOSING));
        assertThat(nothingOfTheFirstOwnerMayBeMissing(testimony)).isFalse();
        testimony.hear(Ack.of(Ack.Stage.CLOSED));
        assertThat(nothingOfTheFirstOwnerMayBeMissing(testimony)).isTrue();
    }
}
