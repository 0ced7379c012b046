package dev.larder.perf.report;

import dev.larder.perf.peers.probes.ProbeResult;
import java.io.PrintWriter;
import java.util.List;

/** What stores and clients did when they were probed, those of one probe together. */
final class ProbeTable {
    /** What is longer stands whole in the JSON. */
    private static final int LONGEST_EVIDENCE = 100;

    private ProbeTable() {}

    static void print(List<ProbeResult> results, PrintWriter out) {
        TextTable table = new TextTable(4, "probe", "who", "verdict", "evidence");
        for (ProbeResult result : results) {
            table.add(result.probe().label(), result.store().name(), result.verdict(), shortened(result.evidence()));
        }
        table.print(out);
    }

    private static String shortened(String evidence) {
        return evidence.length() <= LONGEST_EVIDENCE ? evidence : evidence.substring(0, LONGEST_EVIDENCE - 3) + "...";
    }
}
