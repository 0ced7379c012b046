package dev.larder.perf.torture;

import java.nio.file.Path;

/**
 * What to kill, and how often.
 *
 * @param rounds how many children are killed
 * @param seed what the children do, and when about they are killed, follows from it
 * @param behind whether puts return before they are written
 * @param threads how many threads write in each child
 * @param directory where the files go; exists
 */
public record KillPlan(int rounds, long seed, boolean behind, int threads, Path directory) {}
