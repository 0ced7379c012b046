package dev.larder.perf.environment;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The machine.
 *
 * @param cpu the model, as the maker calls it
 * @param cores how many processors the JVM may use
 * @param memoryBytes how much memory there is
 * @param os the system, as its makers call it
 * @param kernel its name, version and instruction set
 */
public record Machine(String cpu, int cores, long memoryBytes, String os, String kernel) {
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
    private static final Pattern PRETTY_NAME = Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\\n]+)");

    static Machine here() {
        String name = System.getProperty("os.name");
        return new Machine(
                find(MODEL, Path.of("/proc/cpuinfo"), System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "unknown")),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
                find(PRETTY_NAME, Path.of("/etc/os-release"), name),
                name + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
    }

    private static String find(Pattern pattern, Path file, String otherwise) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file));
            return matcher.find() ? matcher.group(1).strip() : otherwise;
        } catch (IOException e) {
            // Not every system has this file.
            return otherwise;
        }
    }

    /** Returns how many threads were running or waiting for a processor in the last minute; null if unknown. */
    static @Nullable Double loadAverage() {
        double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return average < 0 ? null : average;
    }
}
