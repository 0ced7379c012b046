package dev.larder.cache.sqlite;

import java.util.Arrays;

/** A list of numbers, 8 bytes each. For one thread. */
final class Ids {
    private long[] ids = new long[1024];
    private int count;

    void add(long id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
    }

    void clear() {
        count = 0;
    }

    long[] toArray() {
        return Arrays.copyOf(ids, count);
    }
}
