package dev.larder.cache;

/**
 * What a store counted since it was opened.
 *
 * <p>Counters only grow. They are read one after another while calls go on, so they may differ by the calls under way;
 * on a store at rest they are exact, other than {@code entries} and {@code bytes}. A store made of other stores counts its own calls, not those that it makes.
 *
 * @param hits keys that {@code get} and {@code getAll} found
 * @param misses keys that {@code get} and {@code getAll} did not find
 * @param puts entries accepted by {@code put} and {@code putAll}
 * @param removals entries erased by {@code remove} and {@code removeTagged}
 * @param evictions entries erased or refused to stay within bounds
 * @param corrupt torn, foreign or damaged entries that were met when read, and erased
 * @param failures calls that ended in a {@link CacheStoreException}, those past their deadline included, and accepted
 *     writes that failed later
 * @param entries how many entries are kept, expired ones that were not erased yet included; an estimate
 * @param bytes how many bytes they occupy, by the store's own measure; an estimate
 */
public record StoreStats(
        long hits,
        long misses,
        long puts,
        long removals,
        long evictions,
        long corrupt,
        long failures,
        long entries,
        long bytes) {}
