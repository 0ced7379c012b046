package dev.larder.perf.suite;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a store did in a scenario: one line of a report, whatever the scenario measures. */
public interface Result {
    /** Returns the store. */
    StoreChoice store();

    /** Returns the scenario's name. */
    String scenario();

    /** Returns what the scenario does, in one sentence for people. */
    String sentence();

    /** Returns how many callers there were at once. */
    int callers();

    /** Returns how many calls were measured. */
    long requests();

    /** Returns how many of them failed or got a wrong answer. */
    long errors();

    /** Returns the time from the first call to the end of the last one. */
    long wallNanos();

    /** Returns how long the calls took. */
    Latency latency();

    /** Returns how many calls reached the upstream; 0 where there is none. */
    long upstreamCalls();

    /** Returns which part of the calls that could be answered by the store were, 0 to 1. */
    double hitRatio();

    /** Returns how many calls all callers together made in a second. */
    default double throughputPerSecond() {
        return requests() * 1e9 / Math.max(1, wallNanos());
    }

    /** Returns what each counted repetition gave, in the order in which they ran; one where it was run once. */
    List<Repetition> repetitions();

    /** Returns how it went over time; null where that is not measured. */
    default @Nullable Series series() {
        return null;
    }

    /** Returns what this kind of result has beside that, by its name in JSON: numbers, texts, and records of them. */
    Map<String, Object> details();

    /** Returns what did not hold, each in a sentence; empty if all is well. */
    List<String> violations();
}
