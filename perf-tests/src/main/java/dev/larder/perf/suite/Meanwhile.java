package dev.larder.perf.suite;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that goes on while the thread that began it does something else. */
public final class Meanwhile<T> {
    private final FutureTask<T> task;

    private Meanwhile(FutureTask<T> task) {
        this.task = task;
    }

    /** Begins to do it, on a thread of its own. */
    public static <T> Meanwhile<T> begin(Callable<T> callable) {
        FutureTask<T> task = new FutureTask<>(callable);
        Thread thread = new Thread(task, "larder-meanwhile");
        thread.setDaemon(true);
        thread.start();
        return new Meanwhile<>(task);
    }

    /** Returns what came of it, once it has ended. */
    public T end() throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
