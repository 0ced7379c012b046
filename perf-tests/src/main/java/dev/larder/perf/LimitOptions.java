package dev.larder.perf;

import dev.larder.perf.steady.Arrivals;
import dev.larder.perf.steady.LimitPlan;
import dev.larder.perf.steady.Steady;
import dev.larder.perf.steady.SteadyLimit;
import dev.larder.perf.suite.StoreChoice;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the user says about the users of steady, and about the limit that they reach. */
final class LimitOptions {
    private static final int FIRST_RATE = 1_000;
    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(1);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(1);
    private static final Duration P99 = Duration.ofMillis(50);
    private static final Duration LONGEST_P99 = Duration.ofMinutes(1);

    private static final int LEAST_USERS = 2_000;
    private static final int MOST_USERS = 10_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "How many calls can be under way at once under steady, " + LEAST_USERS + " to " + MOST_USERS
                    + ". Default: " + LEAST_USERS + ".")
    private @Nullable String users;

    @Option(
            names = "--find-limit",
            description = "Under steady, find the highest rate that a store holds: begin with --rate, or " + FIRST_RATE
                    + ", double it until a rate breaks, and bisect. Each lasts for --duration, or 3s, with --quick 1s."
                    + " Takes about a minute for each store.")
    private boolean findLimit;

    @Option(
            names = "--p99",
            paramLabel = "TIME",
            description = "What 99 %% of the calls must not exceed where a rate is to hold, such as 50ms. Default:"
                    + " 50ms.")
    private @Nullable String p99;

    /** Refuses what is for a scenario that is not chosen, or makes no sense without another option. */
    void check(boolean steadyIsChosen) {
        if (!steadyIsChosen && (users != null || findLimit || p99 != null)) {
            throw CommandException.badInput((users != null ? "--users" : findLimit ? "--find-limit" : "--p99")
                    + " is for the scenario " + Steady.NAME + ", which is not chosen");
        }
        if (p99 != null && !findLimit) {
            throw CommandException.badInput("--p99 is for --find-limit, which is not given");
        }
    }

    boolean findsLimit() {
        return findLimit;
    }

    int users() {
        if (users == null) {
            return LEAST_USERS;
        }
        int number = NUMBER.matcher(users).matches() ? Integer.parseInt(users) : 0;
        if (number < LEAST_USERS || number > MOST_USERS) {
            throw CommandException.badInput(
                    "bad --users '" + users + "': write a number from " + LEAST_USERS + " to " + MOST_USERS);
        }
        return number;
    }

    /**
     * Returns the search for limits.
     *
     * @param rate the first one; null if the user has not said
     * @param duration of each rate; null likewise
     */
    SteadyLimit stage(
            List<StoreChoice> stores, @Nullable String rate, @Nullable String duration, boolean quick, int population) {
        Arrivals first = new Arrivals(
                rate == null ? FIRST_RATE : SteadyArguments.rate(rate),
                duration != null ? SteadyArguments.duration(duration) : quick ? QUICK_WINDOW : WINDOW);
        Duration warmUp = first.window().compareTo(LONGEST_WARM_UP) < 0 ? first.window() : LONGEST_WARM_UP;
        return new SteadyLimit(new LimitPlan(
                stores,
                first,
                warmUp,
                users(),
                population,
                p99 == null ? P99 : SteadyArguments.duration("--p99", p99, LONGEST_P99)));
    }
}
