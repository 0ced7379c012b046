package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one repetition of a cell gave.
 *
 * @param requests measured calls
 * @param wallNanos from the first call of any caller to the end of the last one
 * @param settledNanos from the first call until the store had kept what it was given
 * @param latency of the calls
 * @param errors calls that threw or got the wrong answer
 * @param upstreamCalls calls that reached the upstream
 * @param found how many of the answers or entries that calls looked for the store had
 * @param lookedFor how many they looked for
 * @param faults what did not hold, each in a few words
 * @param details what this scenario measures beside that, by its name in JSON: numbers, texts, and records of them
 * @param series how it went over time; null where that is not measured
 */
public record Measurement(
        long requests,
        long wallNanos,
        long settledNanos,
        Latency latency,
        long errors,
        long upstreamCalls,
        long found,
        long lookedFor,
        List<String> faults,
        Map<String, Object> details,
        @Nullable Series series) {

    /** Copies the list, and the map in its order. */
    public Measurement {
        faults = List.copyOf(faults);
        details = new LinkedHashMap<>(details);
    }

    /** Returns what callers saw, without any call that reached an upstream or looked for anything. */
    public static Measurement of(Recorded recorded) {
        return new Measurement(
                recorded.requests(),
                recorded.wallNanos(),
                recorded.wallNanos(),
                recorded.latency(),
                recorded.errors(),
                0,
                0,
                0,
                List.of(),
                Map.of(),
                null);
    }

    /** Returns what is left of a repetition that did not come to its end: no figures, and one error. */
    static Measurement failed(String fault) {
        Latency none = new Latency(0, 0, 0, 0, 0, 0, 0);
        return new Measurement(0, 0, 0, none, 1, 0, 0, 0, List.of(fault), Map.of(), null);
    }

    /** Returns this with the time from the first call until the store had kept everything, in nanoseconds. */
    public Measurement settledAt(long nanos) {
        return new Measurement(
                requests, wallNanos, nanos, latency, errors, upstreamCalls, found, lookedFor, faults, details, series);
    }

    /** Returns this with a count of the calls that reached the upstream. */
    public Measurement upstreamCalls(long calls) {
        return new Measurement(
                requests, wallNanos, settledNanos, latency, errors, calls, found, lookedFor, faults, details, series);
    }

    /** Returns this with how many answers or entries the store had, of so many that calls looked for. */
    public Measurement found(long hits, long lookups) {
        return new Measurement(
                requests,
                wallNanos,
                settledNanos,
                latency,
                errors,
                upstreamCalls,
                hits,
                lookups,
                faults,
                details,
                series);
    }

    /** Returns this with more that did not hold. */
    public Measurement faults(List<String> more) {
        List<String> all = new ArrayList<>(faults);
        all.addAll(more);
        return new Measurement(
                requests,
                wallNanos,
                settledNanos,
                latency,
                errors,
                upstreamCalls,
                found,
                lookedFor,
                all,
                details,
                series);
    }

    /** Returns this with something more that was measured, by its name in JSON. */
    public Measurement detail(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(details);
        all.put(name, value);
        return new Measurement(
                requests,
                wallNanos,
                settledNanos,
                latency,
                errors,
                upstreamCalls,
                found,
                lookedFor,
                faults,
                all,
                series);
    }

    /** Returns this with how it went over time. */
    public Measurement series(Series measured) {
        return new Measurement(
                requests,
                wallNanos,
                settledNanos,
                latency,
                errors,
                upstreamCalls,
                found,
                lookedFor,
                faults,
                details,
                measured);
    }
}
