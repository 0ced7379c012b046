package dev.larder.perf.torture;

import java.util.SplittableRandom;

/**
 * When a child is killed: so many acknowledgements, and then some time, after it has reached a stage.
 *
 * @param stage the stage
 * @param acks how many acknowledgements later
 * @param fraction how much later than that, from 0 to 1, in parts of what the stage usually takes
 */
record Moment(Ack.Stage stage, int acks, double fraction) {
    private static final double MOST_ACKS = 20_000;

    /**
     * Draws one.
     *
     * @param creates whether the child is going to create the file
     */
    static Moment draw(SplittableRandom random, boolean creates) {
        double fraction = random.nextDouble();
        double which = random.nextDouble();
        if (which < (creates ? 0.6 : 0.1)) {
            return new Moment(Ack.Stage.OPENING, 0, fraction);
        }
        if (which > 0.85) {
            return new Moment(Ack.Stage.CLOSING, 0, fraction);
        }
        // Evenly spread in its order of magnitude: much is different in the first moments.
        return new Moment(Ack.Stage.OPEN, (int) Math.pow(MOST_ACKS, random.nextDouble()), fraction);
    }

    /** Returns how many operations each of the child's threads has to do: few if it is to be killed while it closes. */
    int operations() {
        return stage == Ack.Stage.CLOSING ? 100 : Integer.MAX_VALUE;
    }
}
