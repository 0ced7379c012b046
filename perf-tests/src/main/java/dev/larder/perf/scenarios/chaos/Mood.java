package dev.larder.perf.scenarios.chaos;

/** How a store behaves. */
enum Mood {
    /** It does what it is asked. */
    HEALTHY,
    /** It throws whatever a store may throw, at once. */
    FAILING,
    /** It takes longer than anybody waits for it. */
    STALLING
}
