package dev.larder.perf.limits;

import dev.larder.perf.suite.Progress;
import java.util.function.Predicate;

/**
 * What is to be measured, and how.
 *
 * @param wanted which rows, by name
 * @param effort how much is done for each
 * @param progress is told of each step
 */
record Order(Predicate<String> wanted, Effort effort, Progress progress) {
    boolean wants(String name) {
        return wanted.test(name);
    }

    boolean wantsAny(Iterable<String> names) {
        for (String name : names) {
            if (wants(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells the progress that a step begins.
     *
     * @throws InterruptedException if this thread is interrupted: what takes no notice of that goes on until here
     */
    void step(String what) throws InterruptedException {
        progress.step(what);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Returns an order like this one for all rows that there are. */
    Order forAll() {
        return new Order(name -> true, effort, progress);
    }
}
