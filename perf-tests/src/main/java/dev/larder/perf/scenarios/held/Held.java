package dev.larder.perf.scenarios.held;

import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Vitals;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * What the program holds, under these names in JSON, without what comes and goes by itself: connections that the HTTP
 * client keeps open for the next call, and the threads of the JDK's own pools.
 *
 * @param heapBytes objects on the heap
 * @param directBytes memory of direct buffers
 * @param fileHandles open files and sockets; meaningless where the system does not say
 * @param threads live ones, without virtual ones
 */
record Held(long heapBytes, long directBytes, long fileHandles, long threads) {
    // In order: those of the JDK's client, as many as were busy in the last minute; the JDK's own, also those that
    // carry virtual threads; one for each connection of the upstream; those on which our client asks a store until it
    // trusts it, at most 32, of which idle ones end after some seconds.
    private static final String[] OTHERS = {"HttpClient-", "ForkJoinPool", "larder-upstream", "larder-store"};

    private static final int MOST_LOOKS = 50;
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000;

    /**
     * Returns what is held when the garbage is gone, and what is being closed is closed.
     *
     * @param quick whether one collection is enough: each of them takes as long as the heap is large
     */
    static Held settled(Bench bench, boolean quick) {
        Held last = now(bench);
        for (int i = 0; i < MOST_LOOKS; i++) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            Held next = now(bench);
            if (next.fileHandles >= last.fileHandles && next.threads >= last.threads) {
                break;
            }
            last = next;
        }
        return meanwhile(bench, quick);
    }

    /** Returns what is held just now, as soon as the garbage is gone. */
    static Held meanwhile(Bench bench, boolean quick) {
        if (quick) {
            System.gc();
        } else {
            Vitals.afterGc();
        }
        return now(bench);
    }

    private static Held now(Bench bench) {
        Vitals vitals = Vitals.now();
        // Both ends of a connection are in this JVM.
        return new Held(
                vitals.heapBytes(),
                vitals.directBytes(),
                vitals.fileHandles() - 2L * bench.upstream().connections(),
                countThreads());
    }

    private static long countThreads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        // Null for one that has just ended.
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .filter(name -> Arrays.stream(OTHERS).noneMatch(name::startsWith))
                .count();
    }
}
