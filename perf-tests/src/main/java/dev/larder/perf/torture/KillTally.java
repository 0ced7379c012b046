package dev.larder.perf.torture;

import java.util.Locale;

/**
 * What came of the rounds until now.
 *
 * @param rounds how many there were
 * @param killed how many children were killed; the others ended before
 * @param acknowledged entries put and removed by calls that had returned
 * @param lost keys that hold something else than the last acknowledged write left there, where it had to be durable
 * @param corrupt how often a file, an entry or a sum over entries was not sound
 * @param failed how often a call failed, or a child did
 * @param unwritten entries of accepted puts that had not been written yet, as {@code behind} allows
 * @param mostUnwrittenBytes their bytes, in the round with most of them
 */
public record KillTally(
        int rounds,
        int killed,
        long acknowledged,
        long lost,
        long corrupt,
        long failed,
        long unwritten,
        long mostUnwrittenBytes) {

    static final KillTally NONE = new KillTally(0, 0, 0, 0, 0, 0, 0, 0);
    static final KillTally CORRUPTION = new KillTally(0, 0, 0, 0, 1, 0, 0, 0);
    static final KillTally FAILURE = new KillTally(0, 0, 0, 0, 0, 1, 0, 0);

    static KillTally round(boolean killed, long acknowledged) {
        return new KillTally(1, killed ? 1 : 0, acknowledged, 0, 0, 0, 0, 0);
    }

    static KillTally missing(long lost, long unwritten, long unwrittenBytes) {
        return new KillTally(0, 0, 0, lost, 0, 0, unwritten, unwrittenBytes);
    }

    /** Returns whether nothing was found that must not be. */
    public boolean isSound() {
        return lost == 0 && corrupt == 0 && failed == 0;
    }

    KillTally plus(KillTally other) {
        return new KillTally(
                rounds + other.rounds,
                killed + other.killed,
                acknowledged + other.acknowledged,
                lost + other.lost,
                corrupt + other.corrupt,
                failed + other.failed,
                unwritten + other.unwritten,
                Math.max(mostUnwrittenBytes, other.mostUnwrittenBytes));
    }

    /** Returns the sum in one line, such as {@code 200 rounds, 1,234,567 acknowledged, 0 lost, 0 corrupt}. */
    @Override
    public String toString() {
        String text = String.format(
                Locale.ROOT,
                "%,d %s, %,d acknowledged, %,d lost, %,d corrupt",
                rounds,
                rounds == 1 ? "round" : "rounds",
                acknowledged,
                lost,
                corrupt);
        return failed == 0 ? text : String.format(Locale.ROOT, "%s, %,d failed", text, failed);
    }
}
