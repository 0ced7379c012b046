package dev.larder.perf.scenarios.hitrate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * How many calls of a trace can be answered at most by whoever has room for so many entries, all of the same size.
 *
 * <p>That is what somebody would answer who knew the future: of the entries there and the one just asked for, the one
 * goes that is not asked for again for the longest time (Bélády's MIN). It may be the one just asked for, as caches need
 * not keep what they are given.
 */
final class Optimum {
    private static final int NEVER = Integer.MAX_VALUE;

    /** An entry, and the next call for it. One that is asked for meanwhile gets another, and this one is void. */
    private record Kept(int number, int nextCall) {}

    private Optimum() {}

    static int hits(Trace trace, int room) {
        int[] nextCalls = nextCalls(trace);
        // The next call for each entry that is there; 0, which cannot be one, for those that are not.
        int[] kept = new int[trace.population()];
        int count = 0;
        PriorityQueue<Kept> latestFirst =
                new PriorityQueue<>(Comparator.comparingInt(Kept::nextCall).reversed());
        int hits = 0;
        for (int call = 0; call < trace.length(); call++) {
            int number = trace.number(call);
            if (kept[number] != 0) {
                hits++;
            } else {
                count++;
            }
            kept[number] = nextCalls[call];
            latestFirst.add(new Kept(number, nextCalls[call]));
            while (count > room) {
                Kept latest = latestFirst.remove();
                if (kept[latest.number()] == latest.nextCall()) {
                    kept[latest.number()] = 0;
                    count--;
                }
            }
        }
        return hits;
    }

    private static int[] nextCalls(Trace trace) {
        int[] next = new int[trace.length()];
        int[] soonest = new int[trace.population()];
        Arrays.fill(soonest, NEVER);
        for (int call = trace.length() - 1; call >= 0; call--) {
            next[call] = soonest[trace.number(call)];
            soonest[trace.number(call)] = call;
        }
        return next;
    }
}
