package dev.larder.cache.memory;

/**
 * The bounds of a store in the cache's terms. The cache knows one bound, on the sum of weights.
 *
 * <p>Without a bound on entries the weight is the size in bytes. With one, an entry weighs at least its share of {@code
 * maxBytes}, so that more than {@code maxEntries} of them never fit. An entry that weighs more than its share takes
 * room from others although it is only one, so the store may evict before a bound is reached; but never before one of
 * the two is half used, as the sum of the greater numbers is at most the sum of both.
 *
 * @param maxBytes the bound in bytes
 * @param maxEntries the bound in entries; {@link Long#MAX_VALUE} if there is none
 * @param minWeight what an entry weighs at least
 * @param maxWeight what all entries may weigh together
 */
record Bounds(long maxBytes, long maxEntries, int minWeight, long maxWeight) {

    static Bounds of(long maxBytes, long maxEntries) {
        // A weight is an int. This many entries cannot weigh more than so many ints, so that much room is enough.
        long room = maxEntries < Integer.MAX_VALUE ? Math.min(maxBytes, maxEntries * Integer.MAX_VALUE) : maxBytes;
        long share = room / maxEntries;
        if (share <= Slot.ENTRY_OVERHEAD) {
            return new Bounds(maxBytes, maxEntries, 0, maxBytes);
        }
        // The remainder of the division is given up, so that one entry more than maxEntries does not fit.
        return new Bounds(maxBytes, maxEntries, (int) share, share * maxEntries);
    }

    int weight(Slot slot) {
        return (int) Math.max(minWeight, Math.min(slot.bytes, Integer.MAX_VALUE));
    }

    boolean areExceededBy(long entries, long bytes) {
        return entries > maxEntries || bytes > maxWeight;
    }
}
