package dev.larder.perf;

import dev.larder.perf.steady.Arrivals;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the user says about arrivals. */
final class SteadyArguments {
    private static final Pattern RATE = Pattern.compile("[0-9]{1,7}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,8}) ?(ms|s|m|h)");

    private SteadyArguments() {}

    static int rate(String text) {
        int rate = RATE.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (rate < 1 || rate > Arrivals.MOST_PER_SECOND) {
            throw CommandException.badInput("bad --rate '" + text + "': write how many calls arrive in a second, from 1"
                    + " to " + Arrivals.MOST_PER_SECOND);
        }
        return rate;
    }

    static Duration duration(String text) {
        return duration("--duration", text, Arrivals.LONGEST);
    }

    static Duration duration(String option, String text, Duration longest) {
        Matcher matcher = DURATION.matcher(text);
        Duration duration =
                matcher.matches() ? duration(Long.parseLong(matcher.group(1)), matcher.group(2)) : Duration.ZERO;
        if (duration.isZero() || duration.compareTo(longest) > 0) {
            throw CommandException.badInput("bad " + option + " '" + text
                    + "': write a time such as 500ms, 30s or 5m, up to "
                    + (longest.toHours() > 0 ? longest.toHours() + "h" : longest.toMinutes() + "m"));
        }
        return duration;
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
