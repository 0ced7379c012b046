package dev.larder.perf.limits;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/** How many bytes threads have allocated since they began. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    static long ofThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Returns what those platform threads have allocated that are alive and whose names begin so. */
    static long ofThreads(String prefix) {
        long bytes = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            // Null for one that has just ended.
            if (thread != null && thread.getThreadName().startsWith(prefix)) {
                bytes += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return bytes;
    }
}
