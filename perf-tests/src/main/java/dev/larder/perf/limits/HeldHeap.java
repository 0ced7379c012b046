package dev.larder.perf.limits;

import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How much heap a download holds while it is under way: what is in use after a collection more than before it began, at
 * most.
 *
 * @param name of the only row
 * @param downloads whose length is unknown, so that they are recorded until they are too large
 */
record HeldHeap(String name, Downloads downloads) implements Comparison {
    /** The first time just before the recording is given up, which is when it is largest. */
    private static final long EVERY_BYTES = 16_000_000;

    @Override
    public List<String> names() {
        return List.of(name);
    }

    @Override
    public int steps(Order order) {
        return order.wants(name) ? order.effort().repetitions() : 0;
    }

    /** Ours is allowed as much as the bare client's and what an entry may have at most. */
    @Override
    public void run(Order order, Consumer<Row> rows) throws Exception {
        if (!order.wants(name)) {
            return;
        }
        List<Double> ours = new ArrayList<>();
        List<Double> allowed = new ArrayList<>();
        for (int i = 0; i < order.effort().repetitions(); i++) {
            order.step(name);
            try (MemoryClient cached = MemoryClient.forGets(downloads.bareClient())) {
                ours.add(held(cached.client()));
            }
            allowed.add(held(downloads.bareClient()) + MemoryClient.MAX_ENTRY_BYTES);
        }
        rows.accept(Row.of(name, Unit.BYTES, Target.atMost(1), ours, allowed));
    }

    private double held(HttpClient client) throws Exception {
        Peak peak = new Peak();
        downloads.read(client, peak);
        // At least something, so that there is a ratio.
        return Math.max(1, peak.most);
    }

    private static final class Peak implements Downloads.Witness {
        private final long before = inUse();
        private long next = EVERY_BYTES;
        private long most;

        @Override
        public void read(long bytes) {
            if (bytes >= next) {
                next += EVERY_BYTES;
                most = Math.max(most, inUse() - before);
            }
        }

        private static long inUse() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }
}
