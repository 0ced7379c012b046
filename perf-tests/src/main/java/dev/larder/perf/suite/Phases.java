package dev.larder.perf.suite;

import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/** Runs callers several times, for one measurement of all of it. Used by one thread. */
public final class Phases {
    private final Bench bench;
    private final Histogram latencies = Recorder.newHistogram();
    private final Findings findings = new Findings();
    private long wallNanos;
    private long errors;
    private long upstreamCalls;

    /**
     * What callers did in one phase.
     *
     * @param recorded what they saw
     * @param upstreamCalls calls that reached the upstream meanwhile
     */
    public record Phase(Recorded recorded, long upstreamCalls) {
        /** Returns how many calls did not reach the upstream. */
        public long hits() {
            return Math.max(0, recorded.requests() - upstreamCalls);
        }

        /** Returns which part of the calls that is. */
        public double hitRatio() {
            return hits() / (double) Math.max(1, recorded.requests());
        }
    }

    /** Makes one for calls to the upstream of {@code bench}. */
    public Phases(Bench bench) {
        this.bench = bench;
    }

    /**
     * Has callers make calls as {@link Callers#run} does, and notes it as a fault if one fails.
     *
     * @param name of the phase, for that
     */
    public Phase run(String name, int count, int iterations, IntFunction<Caller> callers) throws InterruptedException {
        long before = bench.upstream().calls();
        Recorded recorded = Callers.run(count, iterations, callers, latencies);
        Phase phase = new Phase(recorded, bench.upstream().calls() - before);
        wallNanos += recorded.wallNanos();
        errors += recorded.errors();
        upstreamCalls += phase.upstreamCalls();
        findings.failed("calls of phase '" + name + "'", recorded);
        return phase;
    }

    /** Returns what is wrong so far, to note more there. */
    public Findings findings() {
        return findings;
    }

    /** Returns all phases together, with what is wrong so far. */
    public Measurement measurement() {
        Recorded all = new Recorded(0, wallNanos, latencies.getTotalCount(), Latency.of(latencies), errors, null, 0, 0);
        return Measurement.of(all).answered(upstreamCalls).faults(findings.faults());
    }
}
