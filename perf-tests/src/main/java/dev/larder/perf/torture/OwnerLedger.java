package dev.larder.perf.torture;

import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one owner's thread is known to have done in a round, and what it may therefore have left behind.
 *
 * <p>Three numbers bound it. All operations before {@code durable} are in the file. All before {@code acknowledged}
 * were accepted, and what is missing of them can only be the last of them. The one after may have begun.
 */
final class OwnerLedger {
    /**
     * What was found to be left behind.
     *
     * @param fault what cannot be explained, or null
     * @param wrongKeys how many keys hold what cannot be explained
     * @param unwrittenPuts entries of acknowledged puts that were not in the file yet
     * @param unwrittenBytes their bytes
     */
    record Verdict(@Nullable String fault, int wrongKeys, long unwrittenPuts, long unwrittenBytes) {}

    private final int owner;
    private final Supplier<Script> scripts;
    private final int operations;
    private final Holdings start;
    private final Holdings current;
    private final Script script;
    private final BitSet refused = new BitSet();
    private int acknowledged;
    private int durable;
    private long acknowledgedWrites;

    /**
     * Begins a round.
     *
     * @param scripts returns the owner's script from its beginning
     * @param operations how many operations of it there are at most
     * @param start what the owner's keys hold
     */
    OwnerLedger(int owner, Supplier<Script> scripts, int operations, Holdings start) {
        this.owner = owner;
        this.scripts = scripts;
        this.operations = operations;
        this.start = start;
        current = start.copy();
        script = scripts.get();
    }

    int acknowledged() {
        return acknowledged;
    }

    /** Returns how many entries were put and removed by acknowledged operations. */
    long acknowledgedWrites() {
        return acknowledgedWrites;
    }

    /** Notes that all operations before this number are in the file. */
    void mustBeDurable(int count) {
        durable = Math.max(durable, count);
    }

    /**
     * Notes that an operation has returned.
     *
     * @return which one it was
     * @throws TortureException if its result is not the one that it must have
     */
    Op acknowledge(Ack ack) {
        Op op = script.next();
        if (ack.number() != acknowledged) {
            throw new TortureException(
                    "owner " + owner + " acknowledged operation " + ack.number() + " instead of " + acknowledged);
        }
        if (op.kind() == Op.Kind.PUT_ASYNC && ack.result() == Op.REFUSED) {
            refused.set(acknowledged);
        } else {
            long expected = Ack.fold(current.expected(op));
            if (ack.result() != expected) {
                throw new TortureException("owner " + owner + " got " + ack.result() + " instead of " + expected
                        + " from operation " + acknowledged + ", " + op);
            }
            current.apply(op);
            acknowledgedWrites += writes(op, ack.result());
        }
        acknowledged++;
        return op;
    }

    private static long writes(Op op, long result) {
        return switch (op.kind()) {
            case PUT, PUT_ASYNC, PUT_ALL -> op.indexes().size();
            case REMOVE, REMOVE_TAGGED -> result;
            case GET, GET_ALL, FLUSH -> 0;
        };
    }

    /** Judges what the owner's keys hold after the end of the child. */
    Verdict judge(Holdings found) {
        Holdings state = start.copy();
        Script replay = scripts.get();
        for (int i = 0; i < durable; i++) {
            replay(i, replay.next(), state);
        }
        // How far the file got: as far as possible, where several states are the same.
        int written = -1;
        long unwrittenPuts = 0;
        long unwrittenBytes = 0;
        for (int i = durable; i < acknowledged; i++) {
            if (state.isSameAs(found)) {
                written = i;
                unwrittenPuts = 0;
                unwrittenBytes = 0;
            }
            Op op = replay.next();
            if (replay(i, op, state) && op.isPut()) {
                unwrittenPuts += op.indexes().size();
                unwrittenBytes += bytes(op);
            }
        }
        if (acknowledged < operations) {
            acceptEitherOutcome(replay.next(), state, found);
        }
        if (state.isSameAs(found)) {
            return new Verdict(null, 0, 0, 0);
        }
        return written >= 0 ? new Verdict(null, 0, unwrittenPuts, unwrittenBytes) : fault(state, found);
    }

    private boolean replay(int number, Op op, Holdings state) {
        if (refused.get(number)) {
            return false;
        }
        state.apply(op);
        return true;
    }

    /** Lets every key that the operation under way touches hold what it leaves behind, or what was there before. */
    private static void acceptEitherOutcome(Op op, Holdings state, Holdings found) {
        for (int index : List.copyOf(state.touched(op))) {
            if (found.get(index) == Holdings.after(op)) {
                state.set(index, found.get(index));
            }
        }
    }

    private Verdict fault(Holdings expected, Holdings found) {
        int wrong = 0;
        StringBuilder fault = new StringBuilder();
        for (int index = 0; index < found.size(); index++) {
            if (found.get(index) != expected.get(index)) {
                fault.append(wrong++ == 0 ? "" : "; ")
                        .append("key " + index + " of owner " + owner + " holds " + Contents.text(found.get(index))
                                + " instead of " + Contents.text(expected.get(index)));
            }
        }
        return new Verdict(
                fault + " (" + acknowledged + " operations acknowledged, " + durable + " of them to be durable)",
                wrong,
                0,
                0);
    }

    private long bytes(Op op) {
        return op.indexes().stream()
                .mapToLong(index -> Contents.size(owner, index, op.version()))
                .sum();
    }
}
