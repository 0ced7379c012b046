package dev.larder.perf.micro;

import dev.larder.cache.CacheStoreException;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.StoreChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Has JMH run micro benchmarks over stores, the stores of one benchmark after another, so that figures to be compared
 * are measured shortly one after another. Each benchmark on each store is a run of JMH of its own: one that fails takes
 * no other with it, and what is done is known before the next begins.
 */
public final class Micro {
    // Nothing takes that long: JMH then interrupts the call, which only keeps a store that has stopped from holding up
    // the run for ever.
    private static final TimeValue PATIENCE = TimeValue.seconds(60);
    private static final int LEAST_SAMPLES_FOR_AN_ERROR = 3;

    static {
        // Its lock lies in a directory for everybody, where another user's cannot be opened. That two runs at once
        // disturb each other is as true of the rest of the load suite.
        System.setProperty("jmh.ignoreLock", "true");
    }

    private final List<Pair> pairs;
    private final MicroEffort effort;
    private volatile boolean isStopped;

    /** @param store null for a benchmark that is run on none */
    private record Pair(MicroBenchmark benchmark, @Nullable StoreChoice store) {
        @Override
        public String toString() {
            return benchmark.name() + (store == null ? "" : ", " + store.name());
        }
    }

    /**
     * Makes a run of the benchmarks whose names contain {@code text}.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    public Micro(String text, List<StoreChoice> stores, MicroEffort effort) {
        this.effort = effort;
        pairs = new ArrayList<>();
        for (MicroBenchmark benchmark : MicroBenchmarks.all()) {
            if (benchmark.name().contains(text)) {
                if (benchmark.onStore()) {
                    stores.forEach(store -> pairs.add(new Pair(benchmark, store)));
                } else {
                    pairs.add(new Pair(benchmark, null));
                }
            }
        }
        if (pairs.isEmpty()) {
            List<String> names =
                    MicroBenchmarks.all().stream().map(MicroBenchmark::name).toList();
            throw new IllegalArgumentException(
                    "no benchmark has '" + text + "' in its name; there are: " + String.join("; ", names));
        }
    }

    /** Returns how many results there are if nothing fails. */
    public int size() {
        return pairs.size();
    }

    /**
     * Measures until all is done or {@link #stop} is called.
     *
     * @param results is given each result when it is there, in the order of tables
     * @return what did not hold, each in a sentence; empty if all is well
     */
    public List<String> run(Progress progress, Consumer<MicroResult> results) {
        List<String> violations = new ArrayList<>();
        progress.begin(pairs.size());
        long beganAt = System.nanoTime();
        try {
            for (int i = 0; i < pairs.size() && !isStopped; i++) {
                Pair pair = pairs.get(i);
                Duration each = i == 0 ? effort.estimate() : Duration.ofNanos((System.nanoTime() - beganAt) / i);
                progress.step(pair + ", " + left(each.multipliedBy(pairs.size() - i)));
                try {
                    results.accept(measure(pair));
                } catch (RunnerException e) {
                    // One that was stopped has failed too.
                    if (!isStopped) {
                        violations.add(pair + ": " + reason(e));
                    }
                }
            }
        } finally {
            progress.end();
        }
        return violations;
    }

    /** Begins no other benchmark, and ends the JVM that measures now. */
    public void stop() {
        isStopped = true;
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }

    private static String left(Duration time) {
        return time.toSeconds() < 90
                ? time.toSeconds() + " s left"
                : time.plusSeconds(30).toMinutes() + " min left";
    }

    private MicroResult measure(Pair pair) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(effort.time().toMillis());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(pair.benchmark.pattern())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(effort.forks())
                .warmupIterations(effort.warmUps())
                .warmupTime(time)
                .measurementIterations(effort.iterations())
                .measurementTime(time)
                .timeout(PATIENCE)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        pair.benchmark.parameters().forEach(options::param);
        if (pair.store != null) {
            options.param("store", pair.store.name());
        }
        return result(pair, new Runner(options.build(), new SilentOutput()).runSingle());
    }

    private MicroResult result(Pair pair, RunResult run) {
        List<Double> samples = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                samples.add(iteration.getPrimaryResult().getScore());
            }
        }
        Double collections = secondary(run, "gc.count");
        return new MicroResult(
                pair.benchmark.name(),
                pair.benchmark.sentence(),
                pair.store == null ? null : pair.store.name(),
                run.getPrimaryResult().getScore(),
                samples.size() < LEAST_SAMPLES_FOR_AN_ERROR
                        ? null
                        : run.getPrimaryResult().getScoreError(),
                bytesPerOp(run),
                collections == null ? 0 : Math.round(collections),
                samples,
                effort.forks());
    }

    private static @Nullable Double bytesPerOp(RunResult run) {
        Double all = secondary(run, "gc.alloc.rate.norm");
        if (all == null) {
            return null;
        }
        Double untimed = secondary(run, Untimed.BYTES);
        Double runs = secondary(run, Untimed.RUNS);
        if (untimed == null || runs == null || runs == 0) {
            return all;
        }
        return Math.max(0, all - untimed / runs / run.getParams().getOpsPerInvocation());
    }

    private static @Nullable Double secondary(RunResult run, String name) {
        Result<?> result = run.getSecondaryResults().get(name);
        return result == null ? null : result.getScore();
    }

    /** Returns what the benchmark threw: JMH wraps it, and hangs it on as a suppressed exception. */
    private static String reason(RunnerException failure) {
        Throwable reason = failure;
        while (true) {
            if (reason.getCause() != null) {
                reason = reason.getCause();
            } else if (reason.getSuppressed().length > 0) {
                reason = reason.getSuppressed()[0];
            } else {
                break;
            }
        }
        return reason instanceof WrongAnswerException || reason instanceof CacheStoreException
                ? String.valueOf(reason.getMessage())
                : reason.toString();
    }
}
