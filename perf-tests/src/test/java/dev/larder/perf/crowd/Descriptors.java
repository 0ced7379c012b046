package dev.larder.perf.crowd;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets this JVM may still open. */
final class Descriptors {
    /** For jars, pipes and whatever else is opened meanwhile. */
    private static final int REST = 100;

    private Descriptors() {}

    /** Skips the test unless so many connections fit, both ends of which are in this JVM. */
    static void assumeRoomFor(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
            assumeThat(free)
                    .as("file descriptors left, of which %d connections take two each (see ulimit -n)", connections)
                    .isGreaterThanOrEqualTo(2L * connections + REST);
        }
    }
}
