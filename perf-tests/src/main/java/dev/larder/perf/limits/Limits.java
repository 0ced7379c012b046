package dev.larder.perf.limits;

import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Step;
import dev.larder.perf.suite.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every limit there is, and the files and upstreams that they need, which are gone when this is closed; the files also
 * when the JVM ends before that.
 */
public final class Limits implements AutoCloseable {
    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final StoreFiles files;
    private final HttpLimits http;
    private final Effort effort;
    private final List<Comparison> comparisons;

    /** Makes nothing ready yet: what a row needs is made when it is measured. */
    public Limits(Effort effort) {
        this.effort = effort;
        Rows rows = new Rows();
        files = new StoreFiles(directory.path(), rows);
        http = new HttpLimits(files, effort);
        List<Comparison> all = new ArrayList<>(SqliteLimits.over(files, rows, effort));
        all.addAll(http.comparisons(directory.path()));
        comparisons = List.copyOf(all);
    }

    /** Returns where the files are made. */
    Path directory() {
        return directory.path();
    }

    /** Returns what the rows are called, in their order. */
    public List<String> names() {
        return comparisons.stream()
                .flatMap(comparison -> comparison.names().stream())
                .toList();
    }

    /**
     * Measures the rows whose names contain {@code text}, and returns what came of it. If this thread is interrupted,
     * that is what was measured until then, and the thread's interrupt status is cleared, so that it can be written.
     *
     * @throws LimitsException if a call failed or gave a wrong value
     */
    public LimitsOutcome run(String text, Progress progress) {
        Order order = new Order(name -> name.contains(text), effort, progress);
        int steps = comparisons.stream()
                .mapToInt(comparison -> comparison.steps(order))
                .sum();
        progress.begin(Collections.nCopies(steps, new Step("", 1, false)));
        List<Row> rows = new ArrayList<>();
        try {
            for (Comparison comparison : comparisons) {
                run(comparison, order, rows::add);
                files.eraseCopies();
            }
            return new LimitsOutcome(rows, false);
        } catch (InterruptedException e) {
            return new LimitsOutcome(rows, true);
        } catch (IOException e) {
            throw new LimitsException("cannot erase a file: " + e.getMessage(), e);
        } finally {
            progress.end();
        }
    }

    private static void run(Comparison comparison, Order order, Consumer<Row> rows) throws InterruptedException {
        try {
            comparison.run(order, rows);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Files and locks answer an interrupt with exceptions of their own, and leave the status set.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new LimitsException(comparison.names().get(0) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        http.close();
        directory.close();
    }
}
