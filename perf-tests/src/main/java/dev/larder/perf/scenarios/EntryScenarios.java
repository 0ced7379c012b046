package dev.larder.perf.scenarios;

import dev.larder.perf.suite.Expectation;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import dev.larder.perf.suite.Shape;
import java.util.List;

/** Those that call the store itself. */
final class EntryScenarios {
    private EntryScenarios() {}

    static List<Scenario> all() {
        return List.of(
                onEntries(
                        "signups",
                        "Each call puts an entry, and then five that depend on it, all at once.",
                        new Signups(),
                        50,
                        20),
                onEntries(
                        "creates",
                        "Each call looks for an entry that is not there, and puts it.",
                        OneByOne.creating(),
                        30,
                        15),
                onEntries(
                        "retrievals",
                        "Each call reads one of 500 entries that are there.",
                        OneByOne.sharing(0),
                        40,
                        25),
                onEntries(
                        "mixed-operations",
                        "Of the calls on 500 entries, 60 % write one anew and 40 % read one.",
                        OneByOne.sharing(60),
                        30,
                        40),
                onEntries(
                        "stress",
                        "Each call does one of all the things that a store can do, to entries that all callers share.",
                        new EveryOperation(),
                        100,
                        10));
    }

    private static Scenario onEntries(String name, String sentence, Shape shape, int callers, int iterations) {
        return new Scenario(
                name, sentence, shape, Expectation.upstreamCalls(load -> 0), List.of(new Crowd(callers, iterations)));
    }
}
