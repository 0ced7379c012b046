package dev.larder.perf.upstream;

/** What an {@link Upstream} has under its paths. */
@FunctionalInterface
public interface Pages {
    /** Returns what there is at {@code target}, a path with its query. Called on the thread of the connection. */
    Page at(String target);
}
