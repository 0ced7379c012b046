package dev.larder.perf.profile;

import dev.larder.perf.report.Figures;
import java.io.PrintWriter;
import java.util.Locale;

/** A profile for people. */
public final class ProfileLines {
    private ProfileLines() {}

    /** Prints an empty line and the profile. */
    public static void print(Profile profile, PrintWriter out) {
        out.println();
        out.println(profile.of() + ": " + profile.samples() + " samples");
        profile.methods().forEach(each -> out.println("  " + percent(each.share()) + "  " + each.method()));
        if (!profile.allocations().isEmpty()) {
            out.println("  allocated");
        }
        profile.allocations()
                .forEach(each -> out.println("  " + percent(each.share()) + "  " + each.type() + " by " + each.site()));
        if (!profile.locks().isEmpty()) {
            out.println("  waited for");
        }
        profile.locks()
                .forEach(each -> out.println("  " + String.format(Locale.ROOT, "%8s", Figures.duration(each.nanos()))
                        + "  " + each.lock() + " in " + each.site() + ", " + each.count() + " times"));
        out.flush();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%6.1f %%", share * 100);
    }
}
