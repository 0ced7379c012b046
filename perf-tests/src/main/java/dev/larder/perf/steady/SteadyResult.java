package dev.larder.perf.steady;

import dev.larder.perf.suite.Latency;
import dev.larder.perf.suite.Repetition;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.StoreChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a store made of calls that arrived at a steady rate.
 *
 * @param store the store
 * @param arrivals when calls arrived
 * @param callers how many calls could be under way at once
 * @param wallNanos from the beginning of the window to the end of the last call
 * @param settledNanos from the beginning of the window until everything that was put was as durable as it gets
 * @param all what became of all calls
 * @param reads what became of the reads among them
 * @param writes what became of the writes among them
 * @param hits reads that found an entry
 * @param firstError what went wrong first; null if nothing did
 */
public record SteadyResult(
        StoreChoice store,
        Arrivals arrivals,
        int callers,
        long wallNanos,
        long settledNanos,
        Operations all,
        Operations reads,
        Operations writes,
        long hits,
        @Nullable String firstError)
        implements Result {

    @Override
    public String scenario() {
        return Steady.NAME;
    }

    @Override
    public String sentence() {
        return Steady.SENTENCE;
    }

    @Override
    public List<Repetition> repetitions() {
        return List.of(new Repetition(requests(), wallNanos, latency()));
    }

    @Override
    public long requests() {
        return all.requests();
    }

    @Override
    public long errors() {
        return all.errors();
    }

    /** Returns the latency of all calls, each from the instant at which it was due. */
    @Override
    public Latency latency() {
        return all.latency();
    }

    @Override
    public long upstreamCalls() {
        return 0;
    }

    /** Returns which part of the reads found an entry, 0 to 1. */
    @Override
    public double hitRatio() {
        return hits / (double) Math.max(1, reads.requests());
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("offeredPerSecond", arrivals.perSecond());
        details.put("dropped", all.dropped());
        details.put("late", all.late());
        details.put("reads", details(reads));
        details.put("writes", details(writes));
        details.put("settledNanos", settledNanos);
        return details;
    }

    private static Map<String, Object> details(Operations operations) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("requests", operations.requests());
        details.put("errors", operations.errors());
        details.put("dropped", operations.dropped());
        details.put("late", operations.late());
        details.put("latencyNanos", operations.latency());
        return details;
    }

    /** Errors of a baseline are no violation: they are what it is there to show. */
    @Override
    public List<String> violations() {
        if (firstError == null || store.isBaseline()) {
            return List.of();
        }
        return List.of(store.name() + ", " + Steady.NAME + ": " + all.errors() + " of " + all.requests()
                + " calls failed, the first with: " + firstError);
    }
}
