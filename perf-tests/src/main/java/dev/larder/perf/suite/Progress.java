package dev.larder.perf.suite;

/** Is told how far a run has come. */
public interface Progress {
    /** A run of so many steps begins. */
    void begin(int steps);

    /** One step begins, of the given repetition; 0 while results are still discarded. */
    void step(Cell cell, int repetition);

    /** The run has ended, well or not. */
    void end();

    /** Returns a progress that nobody sees. */
    static Progress none() {
        return new Progress() {
            @Override
            public void begin(int steps) {}

            @Override
            public void step(Cell cell, int repetition) {}

            @Override
            public void end() {}
        };
    }
}
