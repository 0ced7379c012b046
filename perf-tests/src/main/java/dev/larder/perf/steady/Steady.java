package dev.larder.perf.steady;

import dev.larder.cache.CacheStore;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Stage;
import dev.larder.perf.suite.Step;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.TemporaryDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs the scenario {@code steady}: gets and puts that arrive at a given rate on the store itself. */
public final class Steady implements Stage {
    /** What the scenario is asked for by. */
    public static final String NAME = "steady";

    /** What it does, in one sentence for people. */
    public static final String SENTENCE = "Gets and puts arrive at a given rate on the store itself, whether or not"
            + " earlier ones have ended; latency counts from the instant at which each was due.";

    private final SteadyPlan plan;

    /** Makes the stage that runs {@code plan}. */
    public Steady(SteadyPlan plan) {
        this.plan = plan;
    }

    /** Returns for each store a step for making it ready, and one for each second of the window that has begun. */
    @Override
    public List<Step> plan() {
        List<Step> steps = new ArrayList<>();
        for (StoreChoice choice : plan.stores()) {
            steps.add(new Step(choice.name() + ", warm-up", plan.warmUp().toMillis() / 1e3, true));
            steps.addAll(Collections.nCopies(seconds(), new Step(choice.name(), 1, true)));
        }
        return steps;
    }

    private int seconds() {
        return Math.toIntExact(plan.arrivals().window().plusNanos(999_999_999).toSeconds());
    }

    /** If this thread is interrupted, returns the results of those stores that had their whole time. */
    @Override
    public List<SteadyResult> run(Progress progress) {
        List<SteadyResult> results = new ArrayList<>();
        for (StoreChoice choice : plan.stores()) {
            try (TemporaryDirectory directory = TemporaryDirectory.create();
                    CacheStore store = choice.open(directory.path())) {
                results.add(run(choice, store, progress));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return results;
    }

    private SteadyResult run(StoreChoice choice, CacheStore store, Progress progress) throws InterruptedException {
        progress.step(choice.name() + ", " + NAME + ", warm-up");
        StoreLoad load = new StoreLoad(store, plan.population());
        load.fill();
        Arrivals warmUp = new Arrivals(plan.arrivals().perSecond(), plan.warmUp());
        new OpenLoop(warmUp, load::call, Timeline.system()).run(plan.users(), () -> {});

        OpenLoop measured =
                new OpenLoop(plan.arrivals(), number -> load.call(warmUp.count() + number), Timeline.system());
        Seconds seconds = new Seconds(choice, progress);
        seconds.next();
        measured.run(plan.users(), seconds::next);
        Tally all = measured.all();
        String failedLater = load.flush();
        if (failedLater != null) {
            all.failed(failedLater);
        }
        return new SteadyResult(
                choice,
                plan.arrivals(),
                OpenLoop.crew(plan.users(), plan.arrivals()),
                measured.wallNanos(),
                measured.sinceOriginNanos(),
                all.operations(),
                measured.reads().operations(),
                measured.writes().operations(),
                all.hits(),
                all.firstError());
    }

    /** Tells of each second of the window that begins, and of none after its end. */
    private final class Seconds {
        private final StoreChoice choice;
        private final Progress progress;
        private int begun;

        Seconds(StoreChoice choice, Progress progress) {
            this.choice = choice;
            this.progress = progress;
        }

        void next() {
            if (begun < seconds()) {
                begun++;
                progress.step(choice.name() + ", " + NAME + ", " + begun + " of " + seconds() + " s");
            }
        }
    }
}
