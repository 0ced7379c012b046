package dev.larder.cache;

/** What a store can do beyond the contract of {@link CacheStore}. */
public enum StoreCapability {
    /** Entries outlive the process: what was put before {@link CacheStore#close()} is there after opening again. */
    PERSISTENT,
    /** Several processes may use the same storage at once, and each sees what the others put. */
    SHARED,
    /**
     * No call ever waits for I/O, a lock or another thread, so it may be made where blocking is forbidden. Deadlines
     * are checked all the same.
     */
    IMMEDIATE,
    /** {@link CacheStore#putAsync} never waits, not even for a place in a queue. */
    ASYNC_PUTS,
    /**
     * The store evicts the least recently used entries to stay within bounds that it was opened with. They may be
     * exceeded for a moment and hold after {@link CacheStore#flush}.
     */
    BOUNDED
}
