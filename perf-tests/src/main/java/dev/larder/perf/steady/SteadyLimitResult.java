package dev.larder.perf.steady;

import dev.larder.perf.suite.Latency;
import dev.larder.perf.suite.Repetition;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.StoreChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The highest rate that a store has held.
 *
 * @param store the store
 * @param p99 what 99 % of the calls were not to exceed
 * @param callers how many calls could be under way at once
 * @param limitPerSecond the rate; 0 if none was held
 * @param steps what was tried, in order; not empty
 */
public record SteadyLimitResult(StoreChoice store, Duration p99, int callers, int limitPerSecond, List<LimitStep> steps)
        implements Result {
    /** Copies the list. */
    public SteadyLimitResult {
        steps = List.copyOf(steps);
    }

    /** The step that the figures are of: the last one at the limit, or the first one if there is none. */
    private LimitStep step() {
        LimitStep shown = steps.get(0);
        for (LimitStep step : steps) {
            if (step.perSecond() == limitPerSecond) {
                shown = step;
            }
        }
        return shown;
    }

    /** Returns the lowest rate that was not held; 0 if all were. */
    public int brokeAtPerSecond() {
        LimitStep broken = broken();
        return broken == null ? 0 : broken.perSecond();
    }

    /** Returns what broke that one; null if none did. */
    public @Nullable String brokeBy() {
        LimitStep broken = broken();
        return broken == null ? null : broken.brokeBy();
    }

    private @Nullable LimitStep broken() {
        LimitStep lowest = null;
        for (LimitStep step : steps) {
            if (step.brokeBy() != null
                    && step.perSecond() > limitPerSecond
                    && (lowest == null || step.perSecond() <= lowest.perSecond())) {
                lowest = step;
            }
        }
        return lowest;
    }

    @Override
    public String scenario() {
        return SteadyLimit.NAME;
    }

    @Override
    public String sentence() {
        return SteadyLimit.SENTENCE;
    }

    @Override
    public List<Repetition> repetitions() {
        return List.of(new Repetition(requests(), wallNanos(), latency()));
    }

    @Override
    public long requests() {
        return step().all().requests();
    }

    @Override
    public long errors() {
        return step().all().errors();
    }

    @Override
    public long wallNanos() {
        return step().wallNanos();
    }

    /** Returns the latency of the calls at the limit, each from the instant at which it was due. */
    @Override
    public Latency latency() {
        return step().all().latency();
    }

    @Override
    public long upstreamCalls() {
        return 0;
    }

    @Override
    public double hitRatio() {
        return step().hitRatio();
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("limitPerSecond", limitPerSecond);
        String brokeBy = brokeBy();
        if (brokeBy != null) {
            details.put("brokeAtPerSecond", brokeAtPerSecond());
            details.put("brokeBy", brokeBy);
        }
        details.put("p99BoundNanos", p99.toNanos());
        details.put("steps", steps.stream().map(SteadyLimitResult::details).toList());
        return details;
    }

    private static Map<String, Object> details(LimitStep step) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("perSecond", step.perSecond());
        details.put("requests", step.all().requests());
        details.put("errors", step.all().errors());
        details.put("dropped", step.all().dropped());
        details.put("late", step.all().late());
        details.put("latencyNanos", step.all().latency());
        if (step.brokeBy() != null) {
            details.put("brokeBy", step.brokeBy());
        }
        return details;
    }

    /**
     * Calls that fail at a rate which is too high are what is looked for, and no violation. A wrong entry is one at any
     * rate, and so are calls that fail at every rate. Those of a baseline are not: they are what it is there to show.
     */
    @Override
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        if (store.isBaseline()) {
            return violations;
        }
        String who = store.name() + ", " + SteadyLimit.NAME + ": ";
        long wrong = steps.stream().mapToLong(LimitStep::wrong).sum();
        if (wrong > 0) {
            violations.add(who + wrong + " calls got an entry that is not what was put");
        }
        if (limitPerSecond == 0 && steps.stream().allMatch(step -> step.all().errors() > 0)) {
            violations.add(who + "no rate was held: of " + brokeAtPerSecond() + " a second " + brokeBy());
        }
        return violations;
    }
}
