package dev.larder.perf.limits;

/**
 * What one repetition of one side gave.
 *
 * @param operations how many calls were made, all together
 * @param nanos from the first of them to the end of the last one
 * @param p99Nanos what 99 % of them did not exceed; 0 where single calls are not timed
 * @param bytesAllocated by the threads that did the work; 0 where that is not counted
 */
record Sample(long operations, long nanos, long p99Nanos, long bytesAllocated) {
    /** Returns this sample with so much more time. */
    Sample plusNanos(long more) {
        return new Sample(operations, nanos + more, p99Nanos, bytesAllocated);
    }

    /** Returns this sample with so many more bytes allocated. */
    Sample plusAllocated(long more) {
        return new Sample(operations, nanos, p99Nanos, bytesAllocated + more);
    }

    double perSecond() {
        return operations * 1e9 / nanos;
    }

    double secondsEach() {
        return nanos / 1e9 / operations;
    }

    double p99Seconds() {
        return p99Nanos / 1e9;
    }

    double bytesAllocatedEach() {
        return (double) bytesAllocated / operations;
    }
}
