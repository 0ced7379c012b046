package dev.larder.perf.environment;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of a run depend on beside the code, as it stands in every result. Made when the run begins; what is
 * known only after it comes from {@link #ended}.
 *
 * @param machine what it ran on
 * @param jvm what it ran in
 * @param versions of larder, and of what its figures come from, by name
 * @param git the sources it was built from
 * @param command by which it can be repeated
 * @param startedAt when the JVM started
 * @param endedAt when the run had ended; null before
 * @param loadAverage how busy the machine was
 * @param partial whether the run was interrupted, so that rows or repetitions are missing
 */
public record Environment(
        Machine machine,
        Jvm jvm,
        Map<String, String> versions,
        Checkout git,
        String command,
        String startedAt,
        @Nullable String endedAt,
        LoadAverage loadAverage,
        boolean partial) {

    /**
     * How many threads were running or waiting for a processor in the minute before, on average; null if unknown.
     *
     * @param start when the run began
     * @param end when it had ended
     */
    public record LoadAverage(
            @Nullable Double start, @Nullable Double end) {}

    /** Returns the environment of a run that begins. */
    public static Environment of(List<String> command) {
        return new Environment(
                Machine.here(),
                Jvm.here(),
                Versions.here(),
                Checkout.here(),
                "./larder " + ShellWords.join(command),
                instant(0),
                null,
                new LoadAverage(Machine.loadAverage(), null),
                false);
    }

    /**
     * Returns the environment of the same run at its end.
     *
     * @param interrupted whether it was interrupted
     */
    public Environment ended(boolean interrupted) {
        return new Environment(
                machine,
                jvm,
                versions,
                git,
                command,
                startedAt,
                instant(ManagementFactory.getRuntimeMXBean().getUptime()),
                new LoadAverage(loadAverage.start(), Machine.loadAverage()),
                interrupted);
    }

    /** By the JVM's own notes: when this is matters to people alone, and no test has to move it. */
    private static String instant(long millisAfterStart) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        return Instant.ofEpochMilli(runtime.getStartTime() + millisAfterStart)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
