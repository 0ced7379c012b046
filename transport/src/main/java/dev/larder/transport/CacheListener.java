package dev.larder.transport;

/**
 * Hears what the cache did with each call.
 *
 * <p>Called on the threads that do the work, several at a time, so it must be quick and must not block. What it throws
 * is logged and otherwise ignored.
 */
@FunctionalInterface
public interface CacheListener {
    /** Takes note of one event. */
    void onEvent(CacheEvent event);
}
