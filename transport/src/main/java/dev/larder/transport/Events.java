package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the listeners of a client, and survives what they throw. */
final class Events {
    private static final Logger LOGGER = System.getLogger("dev.larder.transport");

    private final List<CacheListener> listeners;

    Events(List<CacheListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    boolean areHeard() {
        return !listeners.isEmpty();
    }

    void emit(CacheEvent.Type type, HttpRequest request, @Nullable CacheKey key, String reason) {
        emit(type, request, key, reason, null);
    }

    void emit(
            CacheEvent.Type type,
            HttpRequest request,
            @Nullable CacheKey key,
            String reason,
            @Nullable Throwable failure) {
        if (listeners.isEmpty()) {
            return;
        }
        CacheEvent event = new CacheEvent(type, request, key, reason, failure);
        for (CacheListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                LOGGER.log(Level.WARNING, "a cache listener failed on " + type, e);
            }
        }
    }
}
