package dev.larder.perf.steady;

import dev.larder.cache.CacheStore;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Stage;
import dev.larder.perf.suite.Step;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.TemporaryDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Finds the highest rate of the calls of {@code steady} that each store holds. */
public final class SteadyLimit implements Stage {
    /** What its results are called in reports. */
    public static final String NAME = "steady-limit";

    /** What it does, in one sentence for people. */
    public static final String SENTENCE =
            "Gets and puts arrive on the store itself at rates that are raised until calls"
                    + " take too long, are dropped or fail: the last rate that held.";

    // More than a search takes that does not begin far off.
    private static final int MOST_STEPS_TOLD = 20;

    private final LimitPlan plan;
    private final Supplier<Timeline> timelines;

    /** Makes the stage that runs {@code plan}. */
    public SteadyLimit(LimitPlan plan) {
        this(plan, Timeline::system);
    }

    SteadyLimit(LimitPlan plan, Supplier<Timeline> timelines) {
        this.plan = plan;
        this.timelines = timelines;
    }

    /** How many rates have to be tried is not known before: some more than most stores take. */
    @Override
    public List<Step> plan() {
        double seconds = plan.warmUp().plus(plan.first().window()).toMillis() / 1e3;
        return plan.stores().stream()
                .flatMap(choice ->
                        Collections.nCopies(MOST_STEPS_TOLD, new Step(choice.name(), seconds, false)).stream())
                .toList();
    }

    /** If this thread is interrupted, returns the results of those stores whose limit was found. */
    @Override
    public List<SteadyLimitResult> run(Progress progress) {
        List<SteadyLimitResult> results = new ArrayList<>();
        for (StoreChoice choice : plan.stores()) {
            try {
                results.add(run(choice, progress));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return results;
    }

    private SteadyLimitResult run(StoreChoice choice, Progress progress) throws InterruptedException {
        Told told = new Told(progress);
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                CacheStore store = choice.open(directory.path())) {
            StoreLoad load = new StoreLoad(store, plan.population());
            load.fill();
            AtomicLong arrived = new AtomicLong();
            LimitSearch search = new LimitSearch(perSecond -> {
                told.step(choice + ", " + NAME + ", " + perSecond + "/s");
                run(perSecond, plan.warmUp(), load, arrived);
                OpenLoop loop = run(perSecond, plan.first().window(), load, arrived);
                // Flushed each time, so that no rate pays for what the one before it has left.
                return LimitStep.of(perSecond, loop, load.flush(), plan.p99());
            });
            search.run(plan.first().perSecond());
            told.rest(choice + ", " + NAME + ", found");
            return new SteadyLimitResult(
                    choice, plan.p99(), OpenLoop.crew(plan.users(), plan.first()), search.limit(), search.steps());
        }
    }

    /** @param arrived how many calls there were at other rates: which call does what follows from its number */
    private OpenLoop run(int perSecond, Duration window, StoreLoad load, AtomicLong arrived)
            throws InterruptedException {
        Arrivals arrivals = new Arrivals(perSecond, window);
        long before = arrived.getAndAdd(arrivals.count());
        OpenLoop loop = new OpenLoop(arrivals, number -> load.call(before + number), timelines.get());
        loop.run(plan.users(), () -> {});
        return loop;
    }

    /** Tells of as many steps for one store as were announced. */
    private static final class Told {
        private final Progress progress;
        private int steps;

        Told(Progress progress) {
            this.progress = progress;
        }

        void step(String what) {
            if (steps < MOST_STEPS_TOLD) {
                steps++;
                progress.step(what);
            }
        }

        void rest(String what) {
            while (steps < MOST_STEPS_TOLD) {
                step(what);
            }
        }
    }
}
