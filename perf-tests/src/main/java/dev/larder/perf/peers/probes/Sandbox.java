package dev.larder.perf.peers.probes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where probes are run: an origin, and a directory for each subject and probe.
 *
 * @param directory erased afterwards
 * @param origin has the pages that clients get
 * @param subjects who is probed; both processes know them by their place in this list
 */
record Sandbox(Path directory, URI origin, List<Subject> subjects) {
    /** How many answers are kept and then asked to be durable. */
    static final int OLD = 50;

    /** How many are kept after that. */
    static final int NEW = 25;

    /** An answer that nobody keeps but the second process. */
    static final int OF_THE_OTHER = 1000;

    Keeper open(Probe probe, int subject) throws Exception {
        return subjects.get(subject).open(place(probe, subject), origin);
    }

    Path place(Probe probe, int subject) throws IOException {
        return Files.createDirectories(
                directory.resolve(probe.name().toLowerCase(Locale.ROOT)).resolve(Integer.toString(subject)));
    }
}
