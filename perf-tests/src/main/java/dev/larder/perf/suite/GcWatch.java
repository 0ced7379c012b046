package dev.larder.perf.suite;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Takes down what the garbage collector does from when this is opened until it is closed. The JVM tells of a pause some
 * moments after it, in whole milliseconds.
 *
 * <p>The list stays short however long this is open: where it would be longer than {@value #MOST}, of each two that
 * follow one another the longer is kept. The counts are of all.
 */
public final class GcWatch implements AutoCloseable {
    /** The most pauses that are kept. */
    public static final int MOST = 600;

    private static final Set<String> HEAP_POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    // The clock of the JVM's notifications.
    private final long beganAtMillis = ManagementFactory.getRuntimeMXBean().getUptime();
    private final NotificationListener listener = (notification, handback) -> take(notification);
    private final List<NotificationEmitter> sources = new ArrayList<>();
    // All guarded by this.
    private List<Series.Pause> pauses = new ArrayList<>();
    private long count;
    private long totalMillis;

    private GcWatch() {}

    /** Begins to watch: now is when the times of {@link #pauses()} count from. */
    public static GcWatch open() {
        GcWatch watch = new GcWatch();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            // What takes place beside the program stops nobody ("ZGC Cycles", "Shenandoah Cycles").
            if (collector instanceof NotificationEmitter source
                    && !collector.getName().endsWith(" Cycles")) {
                source.addNotificationListener(watch.listener, null, null);
                watch.sources.add(source);
            }
        }
        return watch;
    }

    private void take(Notification notification) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        GarbageCollectionNotificationInfo info =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        GcInfo gc = info.getGcInfo();
        long heapAfter = gc.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> HEAP_POOLS.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        long at = gc.getEndTime() - beganAtMillis;
        if (at < 0) {
            // The news of one from before.
            return;
        }
        add(new Series.Pause(at, TimeUnit.MILLISECONDS.toMicros(gc.getDuration()), info.getGcCause(), heapAfter));
    }

    synchronized void add(Series.Pause pause) {
        count++;
        totalMillis += TimeUnit.MICROSECONDS.toMillis(pause.durationMicros());
        pauses.add(pause);
        if (pauses.size() > MOST) {
            List<Series.Pause> longer = new ArrayList<>();
            for (int i = 0; i < pauses.size(); i += 2) {
                Series.Pause first = pauses.get(i);
                Series.Pause second = pauses.get(Math.min(i + 1, pauses.size() - 1));
                longer.add(first.durationMicros() > second.durationMicros() ? first : second);
            }
            pauses = longer;
        }
    }

    /** Returns the pauses, in order of time. */
    public synchronized List<Series.Pause> pauses() {
        return List.copyOf(pauses);
    }

    /** Returns how many pauses there were. */
    public synchronized long count() {
        return count;
    }

    /** Returns how long all of them were together. */
    public synchronized long totalMillis() {
        return totalMillis;
    }

    /** Ends the watch; what it has noted stays. Closing twice is fine. */
    @Override
    public void close() {
        for (NotificationEmitter source : sources) {
            try {
                source.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                // Closed before.
            }
        }
    }
}
