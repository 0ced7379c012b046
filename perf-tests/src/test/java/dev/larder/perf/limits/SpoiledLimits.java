package dev.larder.perf.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Limits whose rows cannot be measured, because another program's file is where a store wants its own. */
public final class SpoiledLimits {
    private SpoiledLimits() {}

    /** Returns them. */
    public static Limits open(Effort effort) {
        Limits limits = new Limits(effort);
        try {
            Files.writeString(
                    limits.directory().resolve("rows-" + effort.rows() + ".db"), "This is no database, but a text.\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return limits;
    }
}
