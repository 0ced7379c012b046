package dev.larder.cache.sqlite;

/** How many entries the file holds and what they count for in the bounds. */
record Totals(long entries, long bytes) {
    static final Totals NONE = new Totals(0, 0);

    Totals less(long size) {
        return new Totals(entries - 1, bytes - size);
    }
}
