package dev.larder.perf.micro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Step;
import dev.larder.perf.suite.StoreChoices;
import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.util.InputStreamDrainer;

class MicroTest {
    private static final MicroEffort TINY = new MicroEffort(0, 0, 1, Duration.ofMillis(1));

    @Test
    void listsEveryBenchmarkThatJmhHas() {
        assertThat(MicroBenchmarks.all())
                .extracting(benchmark -> benchmark.type().getName() + "." + benchmark.method())
                .containsOnlyOnceElementsOf(List.of(CallBenchmark.class.getName() + ".bypass"))
                .containsAll(BenchmarkList.defaultList().getAll(new SilentOutput(), List.of()).stream()
                        .map(BenchmarkListEntry::getUsername)
                        .toList());
        assertThat(MicroBenchmarks.all()).extracting(MicroBenchmark::name).doesNotHaveDuplicates();
    }

    @Test
    void keepsWhatWasMeasuredWhenItIsInterrupted() {
        Micro micro = new Micro("get", StoreChoices.named("memory"), TINY);

        MicroOutcome outcome = micro.run(new Progress() {
            private int steps;

            @Override
            public void begin(List<Step> plan) {
                assertThat(plan).hasSizeGreaterThan(2);
            }

            @Override
            public void step(String what) {
                if (steps++ == 1) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void end() {}
        });

        assertThat(outcome.interrupted()).isTrue();
        assertThat(outcome.results()).hasSize(1);
        assertThat(outcome.violations()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void saysNothingOfCopiesThatAnInterruptHasClosed(@TempDir Path directory) throws Exception {
        new Micro("get hit", StoreChoices.named("memory"), TINY);
        OutputStream closed = new FileOutputStream(directory.resolve("closed").toFile());
        closed.close();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };

        assertThat(loggedByJmhWhenItCopiesTo(closed)).isEmpty();
        assertThat(loggedByJmhWhenItCopiesTo(full)).containsExactly("no space left");
    }

    private static List<String> loggedByJmhWhenItCopiesTo(OutputStream out) throws InterruptedException {
        Logger logger = Logger.getLogger(InputStreamDrainer.class.getName());
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                logged.add(message.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            InputStreamDrainer copy = new InputStreamDrainer(new ByteArrayInputStream(new byte[1]), out);
            copy.start();
            copy.join();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        return logged;
    }

    @Test
    void countsWhatPreparationsAllocate() {
        Untimed untimed = new Untimed();
        List<byte[]> allocated = new ArrayList<>();

        untimed.run(() -> allocated.add(new byte[10_000_000]));
        untimed.run(() -> {});

        assertThat(allocated).hasSize(1);
        assertThat(untimed.untimedRuns).isEqualTo(2);
        assertThat(untimed.untimedBytes).isGreaterThanOrEqualTo(10_000_000);
    }
}
