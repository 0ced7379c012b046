package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one repetition of a cell gave. Immutable; a course begins with {@link #of} and adds what it has measured. */
public final class Measurement {
    private final Recorded recorded;
    private final Map<String, Object> details;
    private final List<String> faults;
    // Not final for copies alone, which nobody else has seen yet.
    private long settledNanos;
    private long upstreamCalls;
    private long found;
    private long lookedFor;
    private @Nullable Series series;

    private Measurement(Recorded recorded, Map<String, Object> details, List<String> faults) {
        this.recorded = recorded;
        this.details = new LinkedHashMap<>(details);
        this.faults = new ArrayList<>(faults);
    }

    /** Returns what callers saw, without any call that reached an upstream or looked for anything. */
    public static Measurement of(Recorded recorded) {
        Measurement measurement = new Measurement(recorded, Map.of(), List.of());
        measurement.settledNanos = recorded.wallNanos();
        return measurement;
    }

    /** Returns what is left of a repetition that did not come to its end: no figures, and one error. */
    static Measurement failed(String fault) {
        Latency none = new Latency(0, 0, 0, 0, 0, 0, 0);
        return of(new Recorded(0, 0, 0, none, 1, fault, 0, 0)).faults(List.of(fault));
    }

    private Measurement copy() {
        Measurement copy = new Measurement(recorded, details, faults);
        copy.settledNanos = settledNanos;
        copy.upstreamCalls = upstreamCalls;
        copy.found = found;
        copy.lookedFor = lookedFor;
        copy.series = series;
        return copy;
    }

    /** Returns this as of a store that has kept everything by now. */
    public Measurement settledNow() {
        return settledAt(System.nanoTime() - recorded.beganAtNanos());
    }

    /** Returns this with the time from the first call until the store had kept everything, in nanoseconds. */
    Measurement settledAt(long nanos) {
        Measurement copy = copy();
        copy.settledNanos = nanos;
        return copy;
    }

    /** Returns this with a count of the calls that reached the upstream; the store had the answers to all others. */
    public Measurement answered(long calls) {
        Measurement copy = copy();
        copy.upstreamCalls = calls;
        copy.found = Math.max(0, requests() - calls);
        copy.lookedFor = requests();
        return copy;
    }

    /** Returns this with how many entries calls have looked for in the store itself, and how many were there. */
    public Measurement onEntries() {
        Measurement copy = copy();
        copy.found = recorded.found();
        copy.lookedFor = recorded.lookedFor();
        return copy;
    }

    /** Returns this with more that did not hold, each in a few words. */
    public Measurement faults(List<String> more) {
        Measurement copy = copy();
        copy.faults.addAll(more);
        return copy;
    }

    /** Returns this with something more that was measured, by its name in JSON: a number, a text, or records of them. */
    public Measurement detail(String name, Object value) {
        Measurement copy = copy();
        copy.details.put(name, value);
        return copy;
    }

    /** Returns this with how it went over time. */
    public Measurement series(Series measured) {
        Measurement copy = copy();
        copy.series = measured;
        return copy;
    }

    /** Returns how many calls were measured. */
    public long requests() {
        return recorded.requests();
    }

    /** Returns the time from the first call of any caller to the end of the last one. */
    public long wallNanos() {
        return recorded.wallNanos();
    }

    /** Returns the time from the first call until the store had kept what it was given. */
    public long settledNanos() {
        return settledNanos;
    }

    /** Returns how long the calls took. */
    public Latency latency() {
        return recorded.latency();
    }

    /** Returns how many calls threw or got the wrong answer. */
    public long errors() {
        return recorded.errors();
    }

    /** Returns how many calls reached the upstream. */
    public long upstreamCalls() {
        return upstreamCalls;
    }

    /** Returns how many of the answers or entries that calls looked for the store had. */
    public long found() {
        return found;
    }

    /** Returns how many they looked for. */
    public long lookedFor() {
        return lookedFor;
    }

    /** Returns what did not hold, each in a few words. */
    public List<String> faults() {
        return Collections.unmodifiableList(faults);
    }

    /** Returns what this scenario measures beside that, by its name in JSON. */
    public Map<String, Object> details() {
        return Collections.unmodifiableMap(details);
    }

    /** Returns how it went over time; null where that is not measured. */
    public @Nullable Series series() {
        return series;
    }
}
