package dev.larder.perf.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.perf.torture.OwnerLedger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner may leave behind, and what gives a faulty store away. */
class OwnerLedgerTest {
    private static final int KEYS = 12;

    private final Holdings start = new Holdings(KEYS);
    private OwnerLedger ledger = newLedger();
    /** The states before the first operation, after it, and so on. */
    private final List<Holdings> states = new ArrayList<>();

    private final Script script = script();

    private static Script script() {
        return new Script(Script.Mix.EVERYTHING, 7, 1, 0, KEYS);
    }

    private OwnerLedger newLedger() {
        return new OwnerLedger(0, OwnerLedgerTest::script, 1000, start);
    }

    @BeforeEach
    void begin() {
        states.add(start.copy());
    }

    /** Performs operations, as a sound store does, until one of this kind is the next. */
    private Op performUntil(Predicate<Op> next) {
        while (true) {
            Op op = script.next();
            if (states.size() > 100 && next.test(op)) {
                return op;
            }
            Holdings state = last().copy();
            ledger.acknowledge(Ack.of(0, states.size() - 1, state.expected(op)));
            state.apply(op);
            states.add(state);
        }
    }

    private Holdings last() {
        return states.get(states.size() - 1);
    }

    private void allIsDurable() {
        ledger.mustBeDurable(ledger.acknowledged());
    }

    private static int presentKey(Holdings holdings) {
        int index = 0;
        while (holdings.get(index) == Contents.ABSENT) {
            index++;
        }
        return index;
    }

    @Test
    void whatWasAcknowledgedIsThere() {
        performUntil(Op::isRead);
        allIsDurable();
        assertThat(ledger.judge(last())).isEqualTo(new Verdict(null, 0, 0, 0));
        assertThat(ledger.acknowledgedWrites()).isGreaterThan(50);
    }

    @Test
    void aLostPutIsFound() {
        performUntil(Op::isRead);
        allIsDurable();
        Holdings found = last().copy();
        found.set(presentKey(found), Contents.ABSENT);
        Verdict verdict = ledger.judge(found);
        assertThat(verdict.wrongKeys()).isEqualTo(1);
        assertThat(verdict.fault()).contains("holds nothing instead of version ");
    }

    @Test
    void anOldVersionIsFound() {
        Op put = performUntil(
                op -> op.kind() == Op.Kind.PUT && last().get(op.indexes().get(0)) != Contents.ABSENT);
        Holdings before = last();
        ledger.acknowledge(Ack.of(0, states.size() - 1, List.of()));
        allIsDurable();
        assertThat(ledger.judge(before).wrongKeys()).isEqualTo(1);
        before.apply(put);
        assertThat(ledger.judge(before).fault()).isNull();
    }

    @Test
    void aRemovalThatWasUndoneIsFound() {
        Op removal = performUntil(
                op -> op.kind() == Op.Kind.REMOVE && last().get(op.indexes().get(0)) != Contents.ABSENT);
        ledger.acknowledge(Ack.of(0, states.size() - 1, List.of(1L)));
        allIsDurable();
        assertThat(ledger.judge(last()).wrongKeys()).isEqualTo(1);
        last().apply(removal);
        assertThat(ledger.judge(last()).fault()).isNull();
    }

    @Test
    void anOperationUnderWayMayHaveEitherOutcome() {
        Op putAll =
                performUntil(op -> op.kind() == Op.Kind.PUT_ALL && op.indexes().size() > 2);
        allIsDurable();
        assertThat(ledger.judge(last()).fault()).isNull();
        Holdings some = last().copy();
        some.set(putAll.indexes().get(1), putAll.version());
        assertThat(ledger.judge(some).fault()).isNull();
        Holdings all = last().copy();
        all.apply(putAll);
        assertThat(ledger.judge(all).fault()).isNull();
        // But no third one.
        some.set(putAll.indexes().get(1), putAll.version() + 1);
        assertThat(ledger.judge(some).wrongKeys()).isEqualTo(1);
    }

    @Test
    void aTagRemovalUnderWayMayHaveEitherOutcome() {
        Op removal = performUntil(
                op -> op.kind() == Op.Kind.REMOVE_TAGGED && !last().touched(op).isEmpty());
        allIsDurable();
        assertThat(ledger.judge(last()).fault()).isNull();
        Holdings after = last().copy();
        after.apply(removal);
        assertThat(ledger.judge(after).fault()).isNull();
    }

    @Test
    void nothingIsUnderWayAfterTheLastOperation() {
        ledger = new OwnerLedger(0, OwnerLedgerTest::script, 101, start);
        Op put = performUntil(op -> op.kind() == Op.Kind.PUT && states.size() == 102);
        allIsDurable();
        Holdings more = last().copy();
        more.apply(put);
        assertThat(ledger.judge(last()).fault()).isNull();
        assertThat(ledger.judge(more).wrongKeys()).isEqualTo(1);
    }

    @Test
    void whatIsPutBehindMayMissItsEnd() {
        performUntil(Op::isRead);
        ledger.mustBeDurable(60);
        for (int written = 60; written < states.size(); written++) {
            Verdict verdict = ledger.judge(states.get(written));
            assertThat(verdict.fault()).isNull();
            assertThat(verdict.unwrittenPuts() > 0).isEqualTo(verdict.unwrittenBytes() > 0);
        }
        assertThat(ledger.judge(states.get(60)).unwrittenPuts())
                .isGreaterThan(ledger.judge(states.get(90)).unwrittenPuts())
                .isGreaterThan(5);
    }

    @Test
    void whatIsPutBehindMustNotMissMoreThanItsEnd() {
        performUntil(Op::isRead);
        ledger.mustBeDurable(60);
        assertThat(ledger.judge(states.get(30)).fault()).contains("60 of them to be durable");
        // The end is there, and something before it is not.
        Holdings found = last().copy();
        found.set(presentKey(found), Contents.ABSENT);
        assertThat(ledger.judge(found).wrongKeys()).isEqualTo(1);
    }

    @Test
    void aRefusedPutIsNeverDone() {
        Op put = performUntil(op -> op.kind() == Op.Kind.PUT_ASYNC);
        ledger.acknowledge(Ack.of(0, states.size() - 1, List.of(Op.REFUSED)));
        allIsDurable();
        assertThat(ledger.judge(last()).fault()).isNull();
        last().apply(put);
        assertThat(ledger.judge(last()).wrongKeys()).isEqualTo(1);
    }

    @Test
    void aWrongResultIsFound() {
        performUntil(op -> op.kind() == Op.Kind.GET);
        assertThatThrownBy(() -> ledger.acknowledge(Ack.of(0, states.size() - 1, List.of(12345L))))
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("got 12345 instead of");
    }

    @Test
    void aMissingAcknowledgementIsFound() {
        performUntil(Op::isRead);
        assertThatThrownBy(() -> ledger.acknowledge(Ack.of(0, states.size(), List.of())))
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("instead of " + (states.size() - 1));
    }
}
