package dev.larder.perf.profile;

import dev.larder.perf.profile.Profile.Allocation;
import dev.larder.perf.profile.Profile.Lock;
import dev.larder.perf.profile.Profile.Method;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;

/** Counts the events of one row. */
final class Tallies {
    private static final int MOST = 10;

    // In these a thread is not running but waits for a packet or for work.
    private static final List<String> WAITING =
            List.of("sun.nio.", "java.net.", "java.io.", "jdk.internal.", "java.lang.");

    private final Map<String, Long> methods = new HashMap<>();
    private final Map<Pair, Long> bytes = new HashMap<>();
    private final Map<Pair, Long> waits = new HashMap<>();
    private final Map<Pair, Long> waitedNanos = new HashMap<>();

    /** What was made or waited for, and where. */
    private record Pair(String what, String site) {}

    /** Takes part in what the other one counted. */
    void add(Tallies other) {
        other.methods.forEach((method, count) -> methods.merge(method, count, Long::sum));
        other.bytes.forEach((pair, count) -> bytes.merge(pair, count, Long::sum));
        other.waits.forEach((pair, count) -> waits.merge(pair, count, Long::sum));
        other.waitedNanos.forEach((pair, nanos) -> waitedNanos.merge(pair, nanos, Long::sum));
    }

    void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case Events.EXECUTION -> methods.merge(Events.top(event), 1L, Long::sum);
            case Events.NATIVE -> {
                String top = Events.top(event);
                if (WAITING.stream().noneMatch(top::startsWith) && !top.equals(Events.UNKNOWN)) {
                    methods.merge(top, 1L, Long::sum);
                }
            }
            case Events.ALLOCATION -> {
                String site = Events.site(event);
                bytes.merge(
                        new Pair(Events.type(event, "objectClass"), site.isEmpty() ? Events.top(event) : site),
                        event.getLong("weight"),
                        Long::sum);
            }
            case Events.MONITOR -> waited(event, Events.type(event, "monitorClass"));
            case Events.PARK -> waited(event, Events.type(event, "parkedClass"));
            default -> {
                // Not ours: the JVM adds some of its own to every recording.
            }
        }
    }

    private void waited(RecordedEvent event, String what) {
        String site = Events.site(event);
        // A thread of a pool without work waits in methods of the JDK alone.
        if (!site.isEmpty()) {
            Pair pair = new Pair(what, site);
            waits.merge(pair, 1L, Long::sum);
            waitedNanos.merge(pair, event.getDuration().toNanos(), Long::sum);
        }
    }

    Profile profile(String of, String recording) {
        long samples = sum(methods);
        long allBytes = sum(bytes);
        return new Profile(
                of,
                samples,
                most(methods, entry -> new Method(entry.getKey(), share(entry.getValue(), samples))),
                most(
                        bytes,
                        entry -> new Allocation(
                                entry.getKey().what(),
                                entry.getKey().site(),
                                entry.getValue(),
                                share(entry.getValue(), allBytes))),
                most(
                        waitedNanos,
                        entry -> new Lock(
                                entry.getKey().what(),
                                entry.getKey().site(),
                                waits.getOrDefault(entry.getKey(), 0L),
                                entry.getValue())),
                recording);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double share(long part, long all) {
        return Math.round(part * 1e4 / Math.max(1, all)) / 1e4;
    }

    private static <K, T> List<T> most(Map<K, Long> counts, Function<Map.Entry<K, Long>, T> line) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<K, Long>comparingByValue(Comparator.reverseOrder())
                        // So that equal ones stand in the same order in every run.
                        .thenComparing(entry -> entry.getKey().toString()))
                .limit(MOST)
                .map(line)
                .toList();
    }
}
