package dev.larder.perf;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What the user has typed. */
final class Invocation {
    private Invocation() {}

    /** Returns everything behind {@code ./larder}. */
    static List<String> arguments(CommandSpec spec) {
        return spec.root().commandLine().getParseResult().originalArgs();
    }
}
