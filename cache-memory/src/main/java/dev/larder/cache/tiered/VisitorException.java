package dev.larder.cache.tiered;

/** Carries what a visitor threw past code that takes every exception for a failure of the store. */
final class VisitorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RuntimeException thrown;

    VisitorException(RuntimeException thrown) {
        super(null, thrown, false, false);
        this.thrown = thrown;
    }

    RuntimeException thrown() {
        return thrown;
    }
}
