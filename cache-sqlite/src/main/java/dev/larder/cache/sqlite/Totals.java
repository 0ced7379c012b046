package dev.larder.cache.sqlite;

/**
 * How much there is, for the bounds.
 *
 * @param entries how many entries the file holds
 * @param bytes what they count for by themselves
 * @param occupied bytes of the file that are in use, for entries, indexes and what is lost between them; 0 if that was
 *     not looked at, because the bound is far away
 */
record Totals(long entries, long bytes, long occupied) {
    static final Totals NONE = new Totals(0, 0, 0);

    /** Returns what is compared with {@code maxBytes}. */
    long bounded() {
        return Math.max(bytes, occupied);
    }
}
