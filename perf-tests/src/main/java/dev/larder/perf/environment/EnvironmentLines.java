package dev.larder.perf.environment;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An environment for people. */
public final class EnvironmentLines {
    private static final int SHORT_REVISION = 12;

    private EnvironmentLines() {}

    /** Prints a few lines, and an empty one. */
    public static void print(Environment environment, PrintWriter out) {
        of(environment).forEach(out::println);
        out.println();
        out.flush();
    }

    /** Returns the lines. */
    public static List<String> of(Environment environment) {
        return List.of(machine(environment), jvm(environment.jvm()), versions(environment), run(environment));
    }

    private static String machine(Environment environment) {
        Machine machine = environment.machine();
        String load = "load average " + number(environment.loadAverage().start()) + " at the start";
        if (environment.endedAt() != null) {
            load += ", " + number(environment.loadAverage().end()) + " at the end";
        }
        return machine.cores() + " cores of " + machine.cpu() + ", " + gibibytes(machine.memoryBytes()) + ", "
                + machine.os() + ", " + machine.kernel() + "; " + load;
    }

    private static String jvm(Jvm jvm) {
        return "Java " + jvm.version() + " (" + jvm.name() + ", " + jvm.vendor() + "), " + jvm.collectors()
                + ", heap up to " + gibibytes(jvm.maxHeapBytes()) + ", " + jvm.callerThreads() + " caller threads"
                + (jvm.arguments().isEmpty() ? "" : ", " + String.join(" ", jvm.arguments()));
    }

    private static String versions(Environment environment) {
        Checkout git = environment.git();
        String revision =
                git.revision().length() > SHORT_REVISION ? git.revision().substring(0, SHORT_REVISION) : git.revision();
        String versions = environment.versions().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return versions + "; revision " + revision
                + (Boolean.TRUE.equals(git.dirty()) ? " with changes that are not committed" : "");
    }

    private static String run(Environment environment) {
        return environment.command() + ", started at " + environment.startedAt()
                + (environment.partial() ? ", interrupted: rows or repetitions are missing" : "");
    }

    private static String number(@Nullable Double average) {
        return average == null ? "unknown" : String.format(Locale.ROOT, "%.2f", average);
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (1024.0 * 1024 * 1024));
    }
}
