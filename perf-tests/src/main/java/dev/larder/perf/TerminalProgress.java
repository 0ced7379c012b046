package dev.larder.perf;

import dev.larder.perf.suite.Progress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows progress as a bar on a terminal, and as some twenty lines elsewhere. */
final class TerminalProgress {
    // Java cannot tell whether stderr is a terminal, so the launcher says how wide it is.
    private static final int COLUMNS = Integer.getInteger("larder.columns", 0);

    private TerminalProgress() {}

    /** @param name what stands before the progress */
    static Progress on(PrintWriter err, String name) {
        return COLUMNS > 0 ? new Bar(name) : new Lines(err, name);
    }

    private static final class Bar implements Progress {
        private final String name;
        private @Nullable ProgressBar bar;

        private Bar(String name) {
            this.name = name;
        }

        @Override
        public void begin(int steps) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII)
                    // Given a width, the consumer does not look for the terminal with native code of its own.
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
                    .build();
            // The count is of steps that have ended, and the first one has not.
            bar.stepTo(-1);
        }

        @Override
        public void step(String what) {
            if (bar != null) {
                bar.step();
                bar.setExtraMessage(" " + what);
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

    private static final class Lines implements Progress {
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
        public void begin(int steps) {
            this.steps = steps;
        }

        @Override
        public void step(String what) {
            int percent = begun++ * 100 / steps;
            if (percent >= nextPercent) {
                err.println(name + ": " + percent + " %, " + what);
                err.flush();
                nextPercent = percent - percent % PERCENT_BETWEEN + PERCENT_BETWEEN;
            }
        }

        @Override
        public void end() {}
    }
}
