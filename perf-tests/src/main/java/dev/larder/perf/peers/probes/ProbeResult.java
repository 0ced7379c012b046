package dev.larder.perf.peers.probes;

import dev.larder.perf.suite.Latency;
import dev.larder.perf.suite.Repetition;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.StoreChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one store or client did when it was probed. There are no calls to count: those figures are 0.
 *
 * @param store who
 * @param probe what was asked of it
 * @param verdict what came of it, in a few words
 * @param evidence what was seen, such as the message of an exception
 * @param wallNanos how long that took
 * @param fault what should not have come of it, in a sentence; null if all is well, or of no concern to us
 */
public record ProbeResult(
        StoreChoice store,
        Probe probe,
        String verdict,
        String evidence,
        long wallNanos,
        @Nullable String fault) implements Result {

    private static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0, 0);

    /** Returns this without a text in its evidence that is different in each run. */
    ProbeResult without(String text) {
        return new ProbeResult(store, probe, verdict, evidence.replace(text, ""), wallNanos, fault);
    }

    @Override
    public String scenario() {
        return Probes.NAME;
    }

    @Override
    public String sentence() {
        return probe.sentence();
    }

    @Override
    public int callers() {
        return 1;
    }

    @Override
    public long requests() {
        return 0;
    }

    @Override
    public long errors() {
        return 0;
    }

    @Override
    public Latency latency() {
        return NONE;
    }

    @Override
    public long upstreamCalls() {
        return 0;
    }

    @Override
    public double hitRatio() {
        return 0;
    }

    @Override
    public List<Repetition> repetitions() {
        return List.of(new Repetition(0, wallNanos, NONE));
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("probe", probe.label());
        details.put("verdict", verdict);
        details.put("evidence", evidence);
        return details;
    }

    @Override
    public List<String> violations() {
        return fault == null || store.isBaseline()
                ? List.of()
                : List.of(store.name() + ", " + Probes.NAME + ", " + probe.label() + ": " + fault);
    }
}
