package dev.larder.perf.scenarios.hitrate;

import dev.larder.perf.suite.Entries;

/**
 * How much a store may hold.
 *
 * @param name what it is called in reports
 * @param entries how many entries fit of which only keys and contents take room
 */
record Bound(String name, int entries) {
    private static final int KEY = 32;
    /** What an entry takes at least. */
    static final int ENTRY = KEY + Entries.METADATA + Entries.DATA;

    /** Returns the bound that so many of a hundred entries fit in. */
    static Bound of(String name, int population, int percent) {
        return new Bound(name, population * percent / 100);
    }

    long maxBytes() {
        return (long) entries * ENTRY;
    }
}
