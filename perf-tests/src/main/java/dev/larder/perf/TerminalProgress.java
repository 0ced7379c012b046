package dev.larder.perf;

import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Step;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows what is running and how long is left: as a bar on a terminal, and as some twenty lines elsewhere. */
abstract class TerminalProgress implements Progress {
    // Java cannot tell whether stderr is a terminal, so the launcher says how wide it is.
    private static final int COLUMNS = Integer.getInteger("larder.columns", 0);

    private Forecast forecast = new Forecast(List.of());

    /** @param name what stands before the progress */
    static Progress on(PrintWriter err, String name) {
        return COLUMNS > 0 ? new Bar(name) : new Lines(err, name);
    }

    abstract void show(int steps);

    /** @param left how long is left, in words that follow others; empty where that is not known */
    abstract void step(String what, String left);

    @Override
    public final void begin(List<Step> plan) {
        forecast = new Forecast(plan);
        show(plan.size());
    }

    @Override
    public final void step(String what) {
        long now = System.nanoTime();
        forecast.next(now);
        Duration left = forecast.left(now);
        step(what, left == null ? "" : ", " + Forecast.text(left) + " left");
    }

    private static final class Bar extends TerminalProgress {
        private final String name;
        private @Nullable ProgressBar bar;

        private Bar(String name) {
            this.name = name;
        }

        @Override
        void show(int steps) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII)
                    // It would take all steps for equally long.
                    .hideEta()
                    // Given a width, the consumer does not look for the terminal with native code of its own.
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
                    .build();
            // The count is of steps that have ended, and the first one has not.
            bar.stepTo(-1);
        }

        @Override
        void step(String what, String left) {
            if (bar != null) {
                bar.step();
                bar.setExtraMessage(" " + what + left);
            }
        }

        @Override
        public void end() {
            if (bar != null) {
                bar.step();
                bar.setExtraMessage("");
                bar.close();
            }
        }
    }

    private static final class Lines extends TerminalProgress {
        private static final int PERCENT_BETWEEN = 5;

        private final PrintWriter err;
        private final String name;
        private int steps;
        private int begun;
        private int nextPercent;

        private Lines(PrintWriter err, String name) {
            this.err = err;
            this.name = name;
        }

        @Override
        void show(int steps) {
            this.steps = steps;
        }

        @Override
        void step(String what, String left) {
            int percent = begun++ * 100 / Math.max(1, steps);
            if (percent >= nextPercent) {
                err.println(name + ": " + percent + " %, " + what + left);
                err.flush();
                nextPercent = percent - percent % PERCENT_BETWEEN + PERCENT_BETWEEN;
            }
        }

        @Override
        public void end() {}
    }
}
