package dev.larder.perf.suite;

import java.util.List;

/** A progress that tells another one all it is told: for those that do something else as well. */
public abstract class ForwardingProgress implements Progress {
    private final Progress progress;

    /** Wraps {@code progress}. */
    protected ForwardingProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void begin(List<Step> plan) {
        progress.begin(plan);
    }

    @Override
    public void step(String what) {
        progress.step(what);
    }

    @Override
    public void end() {
        progress.end();
    }
}
