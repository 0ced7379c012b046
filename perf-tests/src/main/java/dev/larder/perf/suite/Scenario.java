package dev.larder.perf.suite;

import java.util.List;

/**
 * A way in which programs use a cache, and what must come of it.
 *
 * @param name what it is asked for by
 * @param sentence what it does, in one sentence for people
 * @param course how it is run once
 * @param crowds how many callers it has, one cell for each; empty if that is for the plan to say
 * @param mostRepetitions how often a cell of it is run at most: fewer times where one takes long
 */
public record Scenario(String name, String sentence, Course course, List<Crowd> crowds, int mostRepetitions) {

    /**
     * So many callers, each with so many calls.
     *
     * @param callers at least 1
     * @param iterations at least 1
     */
    public record Crowd(int callers, int iterations) {}

    /** Copies the list and checks the count. */
    public Scenario {
        crowds = List.copyOf(crowds);
        if (mostRepetitions < 1) {
            throw new IllegalArgumentException("a scenario is run at least once, not " + mostRepetitions + " times");
        }
    }

    /** Makes a scenario of callers of one shape that is run as often as the plan says. */
    public Scenario(String name, String sentence, Shape shape, Expectation expectation, List<Crowd> crowds) {
        this(name, sentence, new ClosedCourse(shape, expectation), crowds, Integer.MAX_VALUE);
    }

    /** Makes the same for as many callers as the plan says. */
    public Scenario(String name, String sentence, Shape shape, Expectation expectation) {
        this(name, sentence, shape, expectation, List.of());
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
