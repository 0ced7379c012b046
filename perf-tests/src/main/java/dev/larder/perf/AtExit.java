package dev.larder.perf;

/** Does something if the JVM ends, by Ctrl-C for instance, before this is closed. */
final class AtExit implements AutoCloseable {
    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /** @param action what to do, in a thread of its own, beside all others, which go on */
    static AtExit run(Runnable action) {
        AtExit atExit = new AtExit(new Thread(action, "larder-at-exit"));
        Runtime.getRuntime().addShutdownHook(atExit.hook);
        return atExit;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the action is being done.
        }
    }
}
