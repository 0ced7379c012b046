package dev.larder.perf.suite;

import java.util.List;

/** Is told how far a run has come. */
public interface Progress {
    /** A run of these steps begins. */
    void begin(List<Step> plan);

    /** One step begins; {@code what} says in a few words of what. */
    void step(String what);

    /** The run has ended, well or not. */
    void end();

    /** Returns a progress that nobody sees. */
    static Progress none() {
        return new Progress() {
            @Override
            public void begin(List<Step> plan) {}

            @Override
            public void step(String what) {}

            @Override
            public void end() {}
        };
    }
}
