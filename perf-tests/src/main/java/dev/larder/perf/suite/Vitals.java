package dev.larder.perf.suite;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this JVM holds: all of it, and not only what a store does, so compare two of them.
 *
 * @param heapBytes objects on the heap, garbage that was not collected yet included
 * @param directBytes memory of direct buffers
 * @param mappedBytes memory of mapped files
 * @param fileHandles open files and sockets; -1 where the system does not say
 * @param threads live ones, without virtual ones
 */
public record Vitals(long heapBytes, long directBytes, long mappedBytes, long fileHandles, int threads) {
    private static final int MOST_COLLECTIONS = 5;

    /** Returns what it holds now. */
    public static Vitals now() {
        return new Vitals(
                heap(),
                buffers("direct"),
                buffers("mapped"),
                handles(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    /** Returns what it holds when the garbage is gone. Stops all threads for some hundredths of a second. */
    public static Vitals afterGc() {
        long before = Long.MAX_VALUE;
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            System.gc();
            long left = heap();
            // What cleaners let go of after one collection is garbage for the next one.
            if (before - left <= left / 100) {
                break;
            }
            before = left;
        }
        return now();
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long buffers(String pool) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(bean -> bean.getName().equals(pool))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long handles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : -1;
    }
}
