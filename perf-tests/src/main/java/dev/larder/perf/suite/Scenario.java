package dev.larder.perf.suite;

import java.util.List;

/**
 * A way in which programs use a cache, and what must come of it.
 *
 * @param name what it is asked for by
 * @param sentence what it does, in one sentence for people
 * @param shape what each caller does
 * @param expectation what must hold afterwards, whatever the store and however long it took
 * @param crowds how many callers it has, one cell for each; empty if that is for the plan to say
 */
public record Scenario(String name, String sentence, Shape shape, Expectation expectation, List<Crowd> crowds) {

    /**
     * So many callers, each with so many calls.
     *
     * @param callers at least 1
     * @param iterations at least 1
     */
    public record Crowd(int callers, int iterations) {}

    /** Copies the list. */
    public Scenario {
        crowds = List.copyOf(crowds);
    }

    /** Makes a scenario for as many callers as the plan says. */
    public Scenario(String name, String sentence, Shape shape, Expectation expectation) {
        this(name, sentence, shape, expectation, List.of());
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
