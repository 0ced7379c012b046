package dev.larder.perf.torture;

import dev.larder.cache.CacheStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thread among many in many processes: plays its script on keys that only it writes, compares each result with
 * what it must be, and in between looks at what the others have written.
 *
 * <p>Where the store evicts, an entry may be absent; it may never be another than the last that was put, and once it
 * was seen to be absent it stays so until it is put again. Of another owner's entry it is known that it is whole, and
 * that it is never older than what was seen of it before.
 */
final class CrowdMember {
    private final Performer performer;
    private final int owner;
    private final Script script;
    private final boolean bounded;
    private final Holdings held = new Holdings(CrowdPlan.KEYS);
    private final CallRecorder calls = new CallRecorder();
    private final List<String> findings = new ArrayList<>();
    private final SplittableRandom random;
    private final long[][] seen;

    CrowdMember(CacheStore store, Script script, int owner, int owners, boolean bounded, long seed) {
        this.script = script;
        this.owner = owner;
        this.bounded = bounded;
        performer = new Performer(store, owner);
        random = new SplittableRandom(seed + owner);
        seen = new long[owners][CrowdPlan.KEYS];
        for (long[] versions : seen) {
            Arrays.fill(versions, Contents.ABSENT);
        }
    }

    /** Performs so many operations, or as many as there is time for. Ends at the first that is not as it must be. */
    void play(int operations, long endsAtNanos) {
        try {
            for (int i = 0; i < operations && System.nanoTime() - endsAtNanos < 0 && findings.isEmpty(); i++) {
                perform(script.next());
                if (i % 2 == 0) {
                    lookAround();
                }
            }
        } catch (RuntimeException e) {
            StringBuilder trace = new StringBuilder("owner " + owner + ": a call failed: " + e);
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                trace.append(", because of ").append(cause);
            }
            findings.add(trace.toString());
        }
    }

    private void perform(Op op) {
        long began = System.nanoTime();
        List<Long> result = performer.perform(op);
        calls.record(op.kind(), System.nanoTime() - began);
        if (op.kind() == Op.Kind.PUT_ASYNC && result.contains(Op.REFUSED)) {
            return;
        }
        List<Long> expected = held.expected(op);
        if (!result.equals(expected) && !(bounded && isExplainedByEviction(op, result, expected))) {
            findings.add("owner " + owner + " got " + result + " instead of " + expected + " from " + op);
        }
        held.apply(op);
    }

    private boolean isExplainedByEviction(Op op, List<Long> result, List<Long> expected) {
        if (!op.isRead()) {
            return result.get(0) < expected.get(0);
        }
        for (int i = 0; i < result.size(); i++) {
            if (result.get(i) == Contents.ABSENT) {
                held.set(op.indexes().get(i), Contents.ABSENT);
            } else if (!result.get(i).equals(expected.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void lookAround() {
        int other = random.nextInt(seen.length);
        int index = random.nextInt(CrowdPlan.KEYS);
        if (other == owner) {
            return;
        }
        long began = System.nanoTime();
        long version = performer.get(other, index);
        calls.record(Op.Kind.GET, System.nanoTime() - began);
        if (version == Contents.ABSENT) {
            return;
        }
        if (version < seen[other][index]) {
            findings.add("owner " + owner + " got " + Contents.text(version) + " of key " + index + " of owner " + other
                    + " after " + Contents.text(seen[other][index]));
        }
        seen[other][index] = version;
    }

    int owner() {
        return owner;
    }

    Holdings held() {
        return held;
    }

    CallRecorder calls() {
        return calls;
    }

    List<String> findings() {
        return findings;
    }
}
