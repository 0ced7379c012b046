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
 * @param fewestRequests how many calls the callers of a repetition make between them at least, unless time is short: more
 *     than the plan says where they are so fast that a repetition of those would be over before it tells anything
 */
public record Scenario(
        String name, String sentence, Course course, List<Crowd> crowds, int mostRepetitions, int fewestRequests) {

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

    /** Makes a scenario with as many calls as the plan says. */
    public Scenario(String name, String sentence, Course course, List<Crowd> crowds, int mostRepetitions) {
        this(name, sentence, course, crowds, mostRepetitions, 0);
    }

    /** Makes a scenario of callers of one shape that is run as often as the plan says. */
    public Scenario(String name, String sentence, Shape shape, Expectation expectation, List<Crowd> crowds) {
        this(name, sentence, new ClosedCourse(shape, expectation), crowds, Integer.MAX_VALUE);
    }

    /** Makes the same for as many callers as the plan says. */
    public Scenario(String name, String sentence, Shape shape, Expectation expectation) {
        this(name, sentence, shape, expectation, List.of());
    }

    /** Returns this with so many calls in each repetition at least. */
    public Scenario withAtLeast(int requests) {
        return new Scenario(name, sentence, course, crowds, mostRepetitions, requests);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
