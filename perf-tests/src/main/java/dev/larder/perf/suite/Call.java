package dev.larder.perf.suite;

import org.jspecify.annotations.Nullable;

/** One call of one caller. */
public interface Call {
    /**
     * Does what is measured.
     *
     * @throws Exception if the call fails, which counts as an error
     */
    void make() throws Exception;

    /** Returns how many entries the call has looked for in the store itself. */
    default int lookedFor() {
        return 0;
    }

    /** Returns how many of those it has found. */
    default int found() {
        return 0;
    }

    /** Returns what is wrong with what the call got, or null if it is right. Asked after {@link #make}, not measured. */
    @Nullable
    String fault();
}
