package dev.larder.perf.demo;

/** Says that something the tour was about to claim does not hold. */
public final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }
}
