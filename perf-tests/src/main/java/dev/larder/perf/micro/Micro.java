package dev.larder.perf.micro;

import dev.larder.cache.CacheStoreException;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Step;
import dev.larder.perf.suite.StoreChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
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
import org.openjdk.jmh.util.InputStreamDrainer;

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

    // Kept, because a logger that nobody keeps is made anew, without its filter.
    private static final Logger COPIES = Logger.getLogger(InputStreamDrainer.class.getName());

    static {
        // When it is interrupted, JMH closes the files into which it copies what the JVM that measures says. It then
        // logs with a stack trace that it cannot copy what that says at its end, where nobody looks for it.
        COPIES.setFilter(message -> !"Stream Closed".equals(message.getMessage()));
        // Its lock lies in a directory for everybody, where another user's cannot be opened. That two runs at once
        // disturb each other is as true of the rest of the load suite.
        System.setProperty("jmh.ignoreLock", "true");
    }

    private final List<Pair> pairs;
    private final MicroEffort effort;

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

    /**
     * Measures, and returns what came of it. If this thread is interrupted, that is what was measured until then, and
     * the thread's interrupt status is cleared, so that it can be written.
     */
    public MicroOutcome run(Progress progress) {
        List<MicroResult> results = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        progress.begin(pairs.stream().map(this::step).toList());
        try {
            for (Pair pair : pairs) {
                progress.step(pair.toString());
                if (Thread.interrupted()) {
                    return new MicroOutcome(results, violations, true);
                }
                try {
                    results.add(measure(pair));
                } catch (RunnerException e) {
                    Throwable cause = cause(e);
                    // Ctrl-C also ends the JVM that measures, which may be known first.
                    if (cause instanceof InterruptedException || Thread.interrupted()) {
                        // JMH leaves it alone.
                        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
                        return new MicroOutcome(results, violations, true);
                    }
                    violations.add(pair + ": " + reason(cause));
                }
            }
            return new MicroOutcome(results, violations, false);
        } finally {
            progress.end();
        }
    }

    private Step step(Pair pair) {
        return new Step(
                pair.store == null ? "" : pair.store.name(), effort.estimate().toMillis() / 1e3, false);
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

    /** Returns what was thrown: JMH wraps it, and hangs it on as a suppressed exception. */
    private static Throwable cause(RunnerException failure) {
        Throwable cause = failure;
        while (true) {
            if (cause.getCause() != null) {
                cause = cause.getCause();
            } else if (cause.getSuppressed().length > 0) {
                cause = cause.getSuppressed()[0];
            } else {
                return cause;
            }
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof WrongAnswerException || cause instanceof CacheStoreException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
    }
}
