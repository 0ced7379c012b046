package dev.larder.perf.report;

import java.util.Locale;

/** Figures as people read them, the same in every locale. */
public final class Figures {
    private Figures() {}

    /** Returns a time in milliseconds with one decimal place, without the unit. */
    public static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }

    /** Returns a time with three digits or so and the unit that suits it. */
    public static String duration(long nanos) {
        if (nanos < 9_950) {
            return String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
        }
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.0f us", nanos / 1e3);
        }
        if (nanos < 100_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
        }
        return nanos < 1_000_000_000
                ? String.format(Locale.ROOT, "%.0f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    /** Returns a count with its thousands apart. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns a ratio with two decimal places. */
    public static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Returns a size in KiB or MiB. */
    public static String bytes(long bytes) {
        return bytes < 10 * 1024 * 1024
                ? String.format(Locale.ROOT, "%,.0f KiB", Math.ceil(bytes / 1024.0))
                : String.format(Locale.ROOT, "%,.1f MiB", bytes / (1024.0 * 1024.0));
    }
}
