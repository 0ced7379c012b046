package dev.larder.perf.demo;

import dev.larder.perf.report.Figures;
import dev.larder.perf.report.TextTable;
import dev.larder.perf.upstream.Upstream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/** The tour. It checks each thing that it says, and stops at the first that does not hold. */
public final class Demo {
    private static final int SAME = 32;
    private static final String SHARED = "the quick brown fox jumps over the lazy dog";
    private static final List<String> DISTINCT =
            IntStream.rangeClosed(1, 12).mapToObj(i -> "chapter " + i).toList();

    private final Path file;
    private final boolean wasThere;
    private final PrintWriter out;
    private final EmbeddingsApi api = new EmbeddingsApi();
    private final List<Step> steps = new ArrayList<>();

    /** Makes a tour that keeps answers in {@code file}, made if it does not exist, and tells of it on {@code out}. */
    public Demo(Path file, PrintWriter out) {
        this.file = file;
        this.wasThere = Files.exists(file);
        this.out = out;
    }

    /**
     * Takes the tour.
     *
     * @throws DemoException if something does not hold
     * @throws IllegalArgumentException if there can be no such file
     * @throws dev.larder.cache.CacheStoreException if the file cannot be opened
     * @throws IOException if the file cannot be read at the end
     */
    public void run() throws IOException {
        List<String> same = Collections.nCopies(SAME, SHARED);
        List<String> all = new ArrayList<>(DISTINCT);
        all.add(SHARED);
        try (Upstream upstream = Upstream.start("application/json", api)) {
            say("An API for embeddings listens on " + upstream.uri() + ". Each call takes "
                    + EmbeddingsApi.LATENCY_MILLIS + " ms and costs a pretend cent.");
            say("Larder keeps its answers in " + file + (wasThere ? ", which is there already." : "."));
            try (EmbeddingsClient client = new EmbeddingsClient(file, upstream.address())) {
                firstTime(upstream, client, SAME + " callers want one text at the same time", same, 1);
                firstTime(upstream, client, DISTINCT.size() + " callers want a text each", DISTINCT, DISTINCT.size());
                again(upstream, client, "The same texts again", all);
            }
            say("", "Client and store are closed. What is left is a file of " + Figures.bytes(size()) + ".");
            try (EmbeddingsClient client = new EmbeddingsClient(file, upstream.address())) {
                again(upstream, client, "After opening the file again", all);
                upstream.close();
                say("", "The API is stopped.");
                again(upstream, client, "Without the API", all);
                newTextFails(client);
            }
        }
        summary();
    }

    /** Texts that nobody has asked for before reach the API once each, unless the file is from an earlier tour. */
    private void firstTime(Upstream upstream, EmbeddingsClient client, String title, List<String> texts, int distinct) {
        Step step = take(upstream, client, title, texts);
        if (wasThere ? step.reachedUpstream() > distinct : step.reachedUpstream() != distinct) {
            throw unexpected(step, distinct);
        }
        if (api.mostCallsOfOneBody() > 1) {
            throw new DemoException(step.title() + ": the API was asked for the same text twice");
        }
        if (step.reachedUpstream() == 0) {
            say("  None reached the API: the file had the answers from an earlier tour.");
        } else if (step.answeredByLarder() == 0) {
            say("  All " + calls(step.reachedUpstream()) + " reached the API: nobody had wanted these texts before.");
        } else {
            say("  " + calls(step.reachedUpstream()) + " reached the API, " + step.answeredByLarder()
                    + " were answered without it.");
        }
    }

    private void again(Upstream upstream, EmbeddingsClient client, String title, List<String> texts) {
        Step step = take(upstream, client, title, texts);
        if (step.reachedUpstream() != 0) {
            throw unexpected(step, 0);
        }
        say("  None of " + calls(step.calls()) + " reached the API.");
    }

    private Step take(Upstream upstream, EmbeddingsClient client, String title, List<String> texts) {
        long before = upstream.calls();
        long began = System.nanoTime();
        List<HttpResponse<byte[]>> answers;
        try {
            answers = client.ask(texts);
        } catch (CompletionException e) {
            throw new DemoException(title + ": a call failed with " + e.getCause());
        }
        Step step = new Step(title, texts.size(), upstream.calls() - before, System.nanoTime() - began);
        steps.add(step);
        for (int i = 0; i < texts.size(); i++) {
            byte[] expected = EmbeddingsApi.answer(EmbeddingsApi.request(texts.get(i)));
            if (answers.get(i).statusCode() != 200
                    || !Arrays.equals(expected, answers.get(i).body())) {
                throw new DemoException(title + ": '" + texts.get(i) + "' got an answer that is not its own");
            }
        }
        say("", title + ": " + calls(step.calls()) + " in " + Figures.duration(step.nanos()) + ".");
        return step;
    }

    private void newTextFails(EmbeddingsClient client) {
        try {
            client.ask(List.of("a text that nobody has asked for"));
        } catch (CompletionException e) {
            say("  A text that nobody has asked for fails, as it would without larder.");
            return;
        }
        throw new DemoException("a new text was answered although the API is stopped");
    }

    private void summary() throws IOException {
        TextTable table = new TextTable(1, "step", "calls", "reached upstream", "answered by larder", "time", "saved");
        for (Step step : steps) {
            table.add(row(step));
        }
        Step total = new Step(
                "Total",
                steps.stream().mapToInt(Step::calls).sum(),
                steps.stream().mapToLong(Step::reachedUpstream).sum(),
                steps.stream().mapToLong(Step::nanos).sum());
        table.add(row(total));
        say("");
        table.print(out);
        say(
                "",
                "Saved: " + total.answeredByLarder() + " of " + calls(total.calls()) + ", " + money(total)
                        + " of pretend money. The file " + file + " has " + Figures.bytes(size()) + ".");
    }

    private static String[] row(Step step) {
        return new String[] {
            step.title(),
            Integer.toString(step.calls()),
            Long.toString(step.reachedUpstream()),
            Long.toString(step.answeredByLarder()),
            Figures.duration(step.nanos()),
            money(step)
        };
    }

    private static String money(Step step) {
        return String.format(Locale.ROOT, "$%.2f", step.centsSaved() / 100.0);
    }

    private static String calls(long count) {
        return count + (count == 1 ? " call" : " calls");
    }

    private static DemoException unexpected(Step step, int expected) {
        return new DemoException(
                step.title() + ": " + calls(step.reachedUpstream()) + " reached the API instead of " + expected);
    }

    /** Returns the size of the file and of the log beside it, where SQLite has left one. */
    private long size() throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
    }

    private void say(String... lines) {
        for (String line : lines) {
            out.println(line);
        }
        out.flush();
    }
}
