package dev.larder.perf.profile;

import java.util.List;

/**
 * Where the time of a scenario over a store went, whatever the number of callers: the repetitions of one number are too
 * short to say much. What prepares a repetition and warms it up is included, the rounds that are not counted are not.
 *
 * @param of what it is about
 * @param samples how often a running thread was looked at
 * @param methods those that were running most often
 * @param allocations what was made most of
 * @param locks what was waited for longest, in all threads together, without those that had nothing to do
 * @param recording the file to see more in, for JDK Mission Control; empty if it is not kept
 */
public record Profile(
        String of,
        long samples,
        List<Method> methods,
        List<Allocation> allocations,
        List<Lock> locks,
        String recording) {

    /**
     * A method.
     *
     * @param method its class and name
     * @param share of the samples in which it was running, or had called what is not Java, 0 to 1
     */
    public record Method(String method, double share) {}

    /**
     * Objects of a class that a method makes.
     *
     * @param type the class
     * @param site the method nearest to it that is not the JDK's
     * @param bytes about how many
     * @param share of all bytes, 0 to 1
     */
    public record Allocation(String type, String site, long bytes, double share) {}

    /**
     * Waits for a lock.
     *
     * @param lock what was waited for
     * @param site the method nearest to it that is not the JDK's
     * @param count how many waits there were of 1 ms and more
     * @param nanos how long they were together
     */
    public record Lock(String lock, String site, long count, long nanos) {}
}
