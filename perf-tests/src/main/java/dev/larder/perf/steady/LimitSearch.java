package dev.larder.perf.steady;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the highest rate that holds: from the first one it doubles until one breaks, or halves until one holds, and then
 * bisects.
 *
 * <p>A rate breaks if it does so twice in a row: once may have been a pause of the machine.
 */
final class LimitSearch {
    /** What comes out is this close to a rate that has broken, at least. */
    private static final double CLOSE = 1.1;

    private final Trial trial;
    private final List<LimitStep> steps = new ArrayList<>();
    // The highest rate that has held, 0 for none, and the lowest one that has broken, one too high for none.
    private int held;
    private int broken = Arrivals.MOST_PER_SECOND + 1;

    /** Lets calls arrive at a rate for a while. */
    @FunctionalInterface
    interface Trial {
        LimitStep at(int perSecond) throws InterruptedException;
    }

    LimitSearch(Trial trial) {
        this.trial = trial;
    }

    /** Searches from a rate of 1 to {@link Arrivals#MOST_PER_SECOND} on. */
    void run(int first) throws InterruptedException {
        int rate = first;
        while (rate > held && rate < broken) {
            if (holds(rate)) {
                held = rate;
            } else {
                broken = rate;
            }
            rate = next();
        }
    }

    private int next() {
        if (broken > Arrivals.MOST_PER_SECOND) {
            return (int) Math.min(2L * held, Arrivals.MOST_PER_SECOND);
        }
        if (held == 0) {
            return broken / 2;
        }
        return broken <= held * CLOSE ? held : held + (broken - held) / 2;
    }

    private boolean holds(int perSecond) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            LimitStep step = trial.at(perSecond);
            steps.add(step);
            if (step.brokeBy() == null) {
                return true;
            }
        }
        return false;
    }

    /** Returns the highest rate that has held; 0 if none has. */
    int limit() {
        return held;
    }

    /** Returns what was tried, in order. */
    List<LimitStep> steps() {
        return List.copyOf(steps);
    }
}
