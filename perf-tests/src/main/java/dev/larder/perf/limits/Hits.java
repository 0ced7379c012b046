package dev.larder.perf.limits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/** What all comparisons of hits have in common. */
final class Hits {
    /** A cache that has not kept everything after so many passes never will. */
    private static final int MOST_PASSES = 10;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Hits() {}

    /** Makes all calls that are to be hits; returns how many gave a wrong value. */
    @FunctionalInterface
    interface Pass {
        long run() throws Exception;
    }

    /** Makes one call. */
    @FunctionalInterface
    interface Call<T> {
        /** Returns whether the right answer came back. */
        boolean isRight(T known) throws Exception;
    }

    /**
     * Calls one after another, and from the first one again after the last, each caller beginning elsewhere; returns
     * how many gave a wrong value.
     */
    static <T> long callAll(List<T> all, int caller, long calls, Call<T> call) throws Exception {
        long wrong = 0;
        int next = caller * 31 % all.size();
        for (long i = 0; i < calls; i++) {
            if (!call.isRight(all.get(next))) {
                wrong++;
            }
            next = next + 1 == all.size() ? 0 : next + 1;
        }
        return wrong;
    }

    /** Repeats {@code pass} until it is answered without the upstream: some caches are still writing after a call. */
    static void fill(Origin origin, Pass pass) throws Exception {
        for (int i = 0; i < MOST_PASSES; i++) {
            long calls = origin.calls();
            long wrong = pass.run();
            if (wrong > 0) {
                throw new LimitsException(wrong + " answers to be kept were wrong");
            }
            if (origin.calls() == calls) {
                return;
            }
        }
        throw new LimitsException("after " + MOST_PASSES + " passes there are still answers that are not kept");
    }

    /** Returns work of so many callers, none of whose calls may reach the upstream. */
    static Side.Work work(Origin origin, int callers, long operations, Crew.Shift shift) {
        return () -> {
            long calls = origin.calls();
            Sample sample = Crew.run(callers, operations, shift);
            if (origin.calls() != calls) {
                throw new LimitsException(origin.calls() - calls + " hits reached the upstream");
            }
            return sample;
        };
    }

    /** Looks at the length and at both ends: cheap beside a hit, and all it takes to notice another's body. */
    static boolean isRight(byte[] expected, byte[] body) {
        int last = expected.length - Long.BYTES;
        return body.length == expected.length
                && (long) LONGS.get(body, 0) == (long) LONGS.get(expected, 0)
                && (long) LONGS.get(body, last) == (long) LONGS.get(expected, last);
    }
}
