package dev.larder.perf.limits;

import dev.larder.perf.suite.CallerThreads;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Locale;

/** What figures depend on beside the code. */
public final class Machine {
    private Machine() {}

    /** Prints a few lines about the machine as it is now. */
    public static void print(PrintWriter out) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.println(Runtime.getRuntime().availableProcessors() + " cores, load average "
                + (load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load)) + " at the start, "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        out.println("Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + "), "
                + CallerThreads.kind() + " caller threads, SQLite " + sqlite());
        out.println();
        out.flush();
    }

    private static String sqlite() {
        try {
            return RawSqlite.version();
        } catch (SQLException e) {
            throw new LimitsException("SQLite does not work here: " + e.getMessage(), e);
        }
    }
}
