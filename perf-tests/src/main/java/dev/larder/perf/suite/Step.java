package dev.larder.perf.suite;

/**
 * A step of a run that is still to come, for whoever tells how long is left.
 *
 * @param name steps of one name take as long as each other, in proportion to their seconds
 * @param seconds about how long it takes
 * @param certain whether that is how long it takes here, and not a guess about some machine
 */
public record Step(String name, double seconds, boolean certain) {}
