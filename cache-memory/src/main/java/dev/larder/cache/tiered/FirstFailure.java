package dev.larder.cache.tiered;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what goes wrong in steps that are all taken: the first failure is thrown, later ones suppressed onto it. */
final class FirstFailure {
    private @Nullable RuntimeException first;

    void of(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            add(e);
        }
    }

    void add(RuntimeException failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    /** Returns the first of those that were added; there is one. */
    RuntimeException first() {
        return Objects.requireNonNull(first, "no failure was added");
    }

    void throwIfAny() {
        if (first != null) {
            throw first;
        }
    }
}
