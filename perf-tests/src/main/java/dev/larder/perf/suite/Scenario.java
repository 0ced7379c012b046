package dev.larder.perf.suite;

/**
 * A way in which programs use a cache, and what must come of it.
 *
 * @param name what it is asked for by
 * @param sentence what it does, in one sentence for people
 * @param shape what each caller does
 * @param expectation what must hold afterwards, whatever the store and however long it took
 */
public record Scenario(String name, String sentence, Shape shape, Expectation expectation) {
    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
