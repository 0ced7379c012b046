package dev.larder.perf.limits;

import dev.larder.perf.suite.TemporaryDirectory;
import java.util.ArrayList;
import java.util.List;

/** Every limit, over files that are gone when it is closed or the JVM ends. */
public final class Limits implements AutoCloseable {
    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final Effort effort;
    private final StoreFiles files;
    private final HttpLimits http;
    private final List<Comparison> comparisons;

    /** Prepares nothing yet: what a comparison needs is made when it is run. */
    public Limits(Effort effort) {
        this.effort = effort;
        Rows rows = new Rows();
        files = new StoreFiles(directory.path(), rows);
        http = new HttpLimits(files, effort);
        List<Comparison> all = new ArrayList<>(SqliteLimits.over(files, rows, effort));
        all.addAll(http.comparisons(directory.path()));
        comparisons = List.copyOf(all);
    }

    /** Is told how far a run has come. */
    public interface Progress {
        /** One of so many comparisons begins, the first one being 1. */
        void begin(int number, int of, String name);
    }

    /** Returns what the rows are called, in their order. */
    public List<String> names() {
        return comparisons.stream()
                .flatMap(comparison -> comparison.names().stream())
                .toList();
    }

    /**
     * Measures the rows whose names contain {@code text}.
     *
     * @throws LimitsException if a call failed or gave a wrong value
     */
    public List<Row> run(String text, Progress progress) throws InterruptedException {
        List<Comparison> chosen = comparisons.stream()
                .filter(comparison -> comparison.names().stream().anyMatch(name -> name.contains(text)))
                .toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            Comparison comparison = chosen.get(i);
            progress.begin(i + 1, chosen.size(), comparison.names().get(0));
            rows.addAll(run(comparison, text));
        }
        return rows;
    }

    private List<Row> run(Comparison comparison, String text) throws InterruptedException {
        try {
            List<Row> rows = comparison.run(effort, name -> name.contains(text));
            files.eraseCopies();
            return rows;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new LimitsException(comparison.names().get(0) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        http.close();
        directory.close();
    }
}
