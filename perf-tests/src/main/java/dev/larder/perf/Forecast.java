package dev.larder.perf;

import dev.larder.perf.suite.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long a run has still to go. A step takes as long as the last one of its name did; one whose name has not
 * been yet takes what its plan says, scaled by how right plans were until then.
 */
final class Forecast {
    private final List<Step> plan;
    // By name: how many times as long as planned the last step of it took.
    private final Map<String, Double> factors = new HashMap<>();
    private int current = -1;
    private long begunAtNanos;
    private double guessed;
    private double taken;

    Forecast(List<Step> plan) {
        this.plan = List.copyOf(plan);
    }

    /** Notes that the next step begins, and the one before has ended. */
    void next(long nowNanos) {
        if (current >= 0 && current < plan.size()) {
            Step ended = plan.get(current);
            double seconds = (nowNanos - begunAtNanos) / 1e9;
            factors.put(ended.name(), seconds / ended.seconds());
            if (!ended.certain()) {
                guessed += ended.seconds();
                taken += seconds;
            }
        }
        current++;
        begunAtNanos = nowNanos;
    }

    /** Returns how long is left, or null as long as no step has ended. */
    @Nullable
    Duration left(long nowNanos) {
        if (current < 1) {
            return null;
        }
        double seconds = 0;
        for (Step step : plan.subList(Math.min(current, plan.size()), plan.size())) {
            seconds += seconds(step);
        }
        if (current < plan.size()) {
            double elapsed = (nowNanos - begunAtNanos) / 1e9;
            seconds -= Math.min(elapsed, seconds(plan.get(current)));
        }
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }

    private double seconds(Step step) {
        double scale = step.certain() || guessed == 0 ? 1 : taken / guessed;
        return step.seconds() * factors.getOrDefault(step.name(), scale);
    }

    /** Returns a time as people say it, to no more digits than it deserves. */
    static String text(Duration left) {
        long seconds = Math.round(left.toMillis() / 1e3);
        if (seconds < 100) {
            return seconds + " s";
        }
        return Math.round(seconds / 60.0) + " min";
    }
}
