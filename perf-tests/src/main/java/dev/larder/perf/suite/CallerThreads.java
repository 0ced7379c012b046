package dev.larder.perf.suite;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The threads that callers run on: virtual ones where the JDK has them. */
public final class CallerThreads {
    private static final @Nullable ThreadFactory VIRTUAL = virtual();

    private CallerThreads() {}

    /** Returns {@code "virtual"} or {@code "platform"}. */
    public static String kind() {
        return VIRTUAL == null ? "platform" : "virtual";
    }

    /** Returns a daemon thread for {@code task}, not started. */
    public static Thread unstarted(Runnable task) {
        if (VIRTUAL != null) {
            return VIRTUAL.newThread(task);
        }
        return platform(task);
    }

    /** Returns a daemon thread of the system's for {@code task}, not started. */
    static Thread platform(Runnable task) {
        Thread thread = new Thread(task, "larder-caller");
        thread.setDaemon(true);
        return thread;
    }

    /** Calls {@code Thread.ofVirtual().factory()}, which came with JDK 21 while this is compiled for 17. */
    private static @Nullable ThreadFactory virtual() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
