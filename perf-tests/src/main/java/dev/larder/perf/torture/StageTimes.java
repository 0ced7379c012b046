package dev.larder.perf.torture;

import java.util.concurrent.TimeUnit;

/** How long children take for what they are killed in the middle of, on this machine at this time. */
final class StageTimes {
    private static final long WRITING_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private long openingNanos = TimeUnit.MILLISECONDS.toNanos(800);
    private long closingNanos = TimeUnit.MILLISECONDS.toNanos(20);
    private long beganAtNanos;

    void note(Ack ack) {
        long now = System.nanoTime();
        if (ack.isStage(Ack.Stage.OPEN)) {
            openingNanos = average(openingNanos, now - beganAtNanos);
        } else if (ack.isStage(Ack.Stage.CLOSED)) {
            closingNanos = average(closingNanos, now - beganAtNanos);
        }
        if (ack.owner() == Ack.CHILD) {
            beganAtNanos = now;
        }
    }

    private static long average(long nanos, long latest) {
        return (3 * nanos + latest) / 4;
    }

    /** Returns how long after its acknowledgement a moment is. */
    long delayNanos(Moment moment) {
        long usual = switch (moment.stage()) {
            case OPENING -> openingNanos;
            case OPEN -> WRITING_NANOS;
            case CLOSING, CLOSED -> closingNanos;
        };
        // A little longer, so that the end of it has its turn as well.
        return (long) (1.2 * usual * moment.fraction());
    }
}
