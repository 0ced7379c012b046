package dev.larder.perf.suite;

import java.util.ArrayList;
import java.util.List;

/** Takes down what a run says of itself. */
public final class ProgressLog implements Progress {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void begin(List<Step> plan) {
        lines.add(plan.size() + " steps");
    }

    @Override
    public void step(String what) {
        lines.add(what);
    }

    @Override
    public void end() {
        lines.add("end");
    }

    /** Returns how many steps were announced, what each was of, and "end". */
    public List<String> lines() {
        return lines;
    }
}
