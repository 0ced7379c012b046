package dev.larder.perf.limits;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs two sides turn by turn, so that whatever the machine does meanwhile falls on both alike. Who goes first
 * changes with each repetition.
 *
 * <p>Both do the same number of operations, which the warm-up finds: as many as the floor does in the time that a
 * repetition shall take. Half as many go unmeasured before each repetition, because what was just opened has empty
 * caches, and what goes on in the background has not begun.
 */
final class Pairing {
    private static final int FIRST_TRY = 32;
    private static final int MOST_GROWTH = 4;

    private final Side ours;
    private final Side floor;
    private final int step;
    private final Effort effort;
    private final Progress progress;

    /** Is told how far it has come. */
    @FunctionalInterface
    interface Progress {
        /**
         * The next repetition begins.
         *
         * @param repetition its number, from 1 on; 0 for the warm-up
         */
        void begin(int repetition) throws InterruptedException;
    }

    /** @param step counts of operations are multiples of this */
    Pairing(Side ours, Side floor, int step, Effort effort, Progress progress) {
        this.ours = ours;
        this.floor = floor;
        this.step = step;
        this.effort = effort;
        this.progress = progress;
    }

    /** What the repetitions gave: the same number of each, in the order in which they were run. */
    record Samples(List<Sample> ours, List<Sample> floor) {}

    Samples run() throws Exception {
        progress.begin(0);
        long operations = warmUp();
        List<Sample> ourSamples = new ArrayList<>();
        List<Sample> floorSamples = new ArrayList<>();
        for (int i = 0; i < effort.repetitions(); i++) {
            progress.begin(i + 1);
            if (i % 2 == 0) {
                ourSamples.add(repeat(ours, operations));
                floorSamples.add(repeat(floor, operations));
            } else {
                floorSamples.add(repeat(floor, operations));
                ourSamples.add(repeat(ours, operations));
            }
        }
        return new Samples(ourSamples, floorSamples);
    }

    private Sample repeat(Side side, long operations) throws Exception {
        try (Side.Session session = side.open()) {
            session.prepare(roundUp(operations / 2)).run();
            return session.prepare(operations).run();
        }
    }

    /** Runs both until the JVM has seen enough of them; returns how many operations make a repetition. */
    private long warmUp() throws Exception {
        long operations = roundUp(FIRST_TRY);
        long spent = 0;
        try (Side.Session ourSession = ours.open();
                Side.Session floorSession = floor.open()) {
            while (true) {
                ourSession.prepare(operations).run();
                Sample sample = floorSession.prepare(operations).run();
                spent += sample.nanos();
                long wanted = roundUp((long) (sample.perSecond() * effort.measuredNanos() / 1e9));
                if (spent >= effort.warmUpNanos() && wanted / MOST_GROWTH <= operations) {
                    return wanted;
                }
                operations = Math.min(wanted, operations * MOST_GROWTH);
            }
        }
    }

    private long roundUp(long operations) {
        return Math.max(1, (operations + step - 1) / step) * step;
    }
}
