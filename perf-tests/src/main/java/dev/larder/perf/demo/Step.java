package dev.larder.perf.demo;

/**
 * What came of one step of the tour.
 *
 * @param title what was asked
 * @param calls how many calls the program made
 * @param reachedUpstream how many of them the API saw
 * @param nanos how long it took until all were answered
 */
record Step(String title, int calls, long reachedUpstream, long nanos) {
    long answeredByLarder() {
        return calls - reachedUpstream;
    }

    /** Returns the pretend money that the calls which the API did not see would have cost. */
    long centsSaved() {
        return answeredByLarder() * EmbeddingsApi.CENTS_PER_CALL;
    }
}
