package dev.larder.perf.torture;

import java.util.ArrayList;
import java.util.List;

/**
 * What one child said until it was killed, and what follows from it for each owner.
 *
 * <p>Where puts return before they are written, they are written in the order in which they were accepted. So a call
 * that waits until it is in the file itself vouches for all that had returned in any thread before it began, which is
 * what the parent had heard before the last acknowledgement of the calling thread.
 */
final class Testimony {
    private final boolean behind;
    private final List<OwnerLedger> ledgers = new ArrayList<>();
    // For each owner, how far each owner was when this one's operation under way had not begun yet.
    private final int[][] before;

    /**
     * Begins a round.
     *
     * @param operations how many operations each owner performs at most
     * @param start what each owner's keys hold
     */
    Testimony(KillPlan plan, Script.Mix mix, int round, int operations, List<Holdings> start) {
        behind = plan.behind();
        before = new int[start.size()][start.size()];
        for (int owner = 0; owner < start.size(); owner++) {
            int number = owner;
            Holdings held = start.get(owner);
            ledgers.add(new OwnerLedger(
                    owner, () -> new Script(mix, plan.seed(), round, number, held.size()), operations, held));
        }
    }

    /**
     * Takes down one acknowledgement.
     *
     * @throws TortureException if it cannot be true of a sound store
     */
    void hear(Ack ack) {
        if (ack.isStage(Ack.Stage.CLOSED)) {
            ledgers.forEach(ledger -> ledger.mustBeDurable(ledger.acknowledged()));
        }
        if (ack.owner() == Ack.CHILD) {
            return;
        }
        OwnerLedger own = ledgers.get(ack.owner());
        Op op = own.acknowledge(ack);
        if (!behind) {
            own.mustBeDurable(own.acknowledged());
            return;
        }
        if (op.isBarrier()) {
            for (int owner = 0; owner < ledgers.size(); owner++) {
                ledgers.get(owner).mustBeDurable(before[ack.owner()][owner]);
            }
            own.mustBeDurable(own.acknowledged());
        }
        for (int owner = 0; owner < ledgers.size(); owner++) {
            before[ack.owner()][owner] = ledgers.get(owner).acknowledged();
        }
    }

    List<OwnerLedger> ledgers() {
        return ledgers;
    }

    long acknowledgedWrites() {
        return ledgers.stream().mapToLong(OwnerLedger::acknowledgedWrites).sum();
    }
}
