package dev.larder.perf.crowd;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** How many files and sockets this JVM may still open. */
public final class Descriptors {
    /** For jars, pipes and whatever else is opened meanwhile. */
    private static final int REST = 100;

    private Descriptors() {}

    /** Returns what is missing for so many connections, both ends of which are in this JVM; null if they fit. */
    public static @Nullable String missingFor(int connections) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? missingFor(connections, system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount())
                : null;
    }

    static @Nullable String missingFor(int connections, long free) {
        long needed = 2L * connections + REST;
        return free >= needed
                ? null
                : connections + " connections need " + needed + " file descriptors, and " + free
                        + " are left: raise the limit (ulimit -n)";
    }
}
