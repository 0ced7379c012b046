package dev.larder.perf.micro;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What is allocated between the batches of a benchmark. JMH keeps the time of it apart by itself, but its profiler does
 * not know of it; so the bytes are counted here, and {@code Micro} takes them off. JMH reads the fields by their names.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Untimed {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static final String BYTES = "untimedBytes";
    static final String RUNS = "untimedRuns";

    /** Allocated by all threads. */
    public long untimedBytes;

    /** In how many preparations. */
    public long untimedRuns;

    /** For JMH. */
    public Untimed() {}

    /** Counts what one preparation allocates, on this thread and on those of the store. */
    final void run(Runnable preparation) {
        long before = allocated();
        preparation.run();
        untimedBytes += Math.max(0, allocated() - before);
        untimedRuns++;
    }

    private static long allocated() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            // Negative for one that has just ended.
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
