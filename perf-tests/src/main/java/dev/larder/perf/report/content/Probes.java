package dev.larder.perf.report.content;

import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Probe;
import java.util.List;

/** What others and we can and cannot do, each tried out in the run. */
final class Probes {
    private Probes() {}

    static List<Section> sections(Measured measured) {
        List<Probe> probes = measured.run().probes();
        if (probes.isEmpty()) {
            return List.of();
        }
        Table.Builder table = new Table.Builder("What was tried, and what came of it")
                .words("who", "what", "verdict", "evidence")
                .sortable();
        for (Probe probe : probes) {
            table.row(
                    probe.who(),
                    Probe.SCENARIO,
                    List.of(
                            Cell.text(probe.who()),
                            Cell.text(probe.what()),
                            Cell.text(probe.verdict()),
                            Cell.text(probe.evidence())));
        }
        return List.of(new Section("probes", "What can and cannot be done", List.of(new Block.Tabled(table.build()))));
    }
}
