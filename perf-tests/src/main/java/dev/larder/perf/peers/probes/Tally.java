package dev.larder.perf.peers.probes;

/**
 * How many of some numbers a keeper has.
 *
 * @param right those that it gave
 * @param nothing those that it does not have
 * @param wrong those that it gave something else for
 * @param failed those for which it failed
 * @param message how it failed first; empty if it did not
 */
record Tally(int right, int nothing, int wrong, int failed, String message) {
    /** Looks for the numbers from {@code from} to {@code to}, the latter excluded. */
    static Tally of(Keeper keeper, int from, int to) {
        int right = 0;
        int nothing = 0;
        int wrong = 0;
        int failed = 0;
        String message = "";
        for (int number = from; number < to; number++) {
            try {
                switch (keeper.find(number)) {
                    case RIGHT -> right++;
                    case NOTHING -> nothing++;
                    case WRONG -> wrong++;
                }
            } catch (Exception e) {
                failed++;
                message = message.isEmpty() ? Finding.message(e) : message;
            }
        }
        return new Tally(right, nothing, wrong, failed, message);
    }

    int all() {
        return right + nothing + wrong + failed;
    }

    boolean isWhole() {
        return right == all();
    }

    /** Returns the counts in words. */
    @Override
    public String toString() {
        return right + " of " + all()
                + (wrong == 0 ? "" : ", " + wrong + " wrong")
                + (failed == 0 ? "" : ", " + failed + " failed with " + message);
    }
}
