package dev.larder.perf.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers that look random and follow from a seed (SplitMix64): cheap beside a call, and the same in every run. */
public final class SplitMix {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private SplitMix() {}

    /** Returns the number at {@code index}, from 0, of the sequence of {@code seed}. */
    public static long at(long seed, long index) {
        long state = seed + (index + 1) * STEP;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** Returns the number at {@code index} as one that is at least 0 and less than 1. */
    public static double unit(long seed, long index) {
        return (at(seed, index) >>> 11) * 0x1.0p-53;
    }

    /** Returns so many bytes of the sequence; {@code length} is a multiple of 8. */
    public static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length / Long.BYTES; i++) {
            LONGS.set(bytes, i * Long.BYTES, at(seed, i));
        }
        return bytes;
    }
}
