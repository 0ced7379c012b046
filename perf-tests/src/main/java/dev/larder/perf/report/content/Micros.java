package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Bars;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Micro;
import java.util.ArrayList;
import java.util.List;

/** What single operations cost. */
final class Micros {
    private Micros() {}

    static List<Section> sections(Measured measured, Inks inks) {
        List<Micro> micros = measured.micros();
        if (micros.isEmpty()) {
            return List.of();
        }
        List<Block.Picture> pictures = new ArrayList<>();
        for (String benchmark : micros.stream().map(Micro::benchmark).distinct().toList()) {
            List<Micro> over = micros.stream()
                    .filter(micro -> micro.benchmark().equals(benchmark)
                            && !micro.store().isEmpty())
                    .toList();
            if (over.size() > 1) {
                pictures.add(new Block.Picture(chart(benchmark, over, inks), table(benchmark, over, false), null));
            }
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph(
                "The time of one operation, from JMH; the thin line is the confidence interval. Less is better."));
        if (!pictures.isEmpty()) {
            blocks.add(new Block.Charts(pictures));
        }
        blocks.add(new Block.Tabled(table("All micro benchmarks", micros, true)));
        return List.of(new Section("micro", "Single operations", blocks));
    }

    private static Bars chart(String benchmark, List<Micro> micros, Inks inks) {
        return new Bars(
                benchmark,
                "The time of one operation on " + micros.size() + " stores.",
                micros.stream().map(micro -> bar(micro, inks)).toList());
    }

    private static Bars.Bar bar(Micro micro, Inks inks) {
        String time = Amounts.time(micro.nanosPerOp());
        return new Bars.Bar(
                inks.of(micro.store()),
                micro.store(),
                micro.nanosPerOp(),
                Math.max(0, micro.nanosPerOp() - micro.error()),
                micro.nanosPerOp() + micro.error(),
                time,
                micro.store() + ": " + time + " ± " + Amounts.time(micro.error()));
    }

    private static Table table(String caption, List<Micro> micros, boolean all) {
        Table.Builder table =
                new Table.Builder(caption).words("benchmark", "store").figures("time", "±", "allocated");
        if (all) {
            table.sortable();
        }
        for (Micro micro : micros) {
            table.row(
                    micro.store().isEmpty() ? null : micro.store(),
                    null,
                    List.of(
                            Cell.text(micro.benchmark()),
                            Cell.text(micro.store()),
                            Cell.figure(Amounts.time(micro.nanosPerOp()), micro.nanosPerOp()),
                            Cell.figure(Amounts.time(micro.error()), micro.error()),
                            micro.bytesPerOp() < 0
                                    ? Cell.text("")
                                    : Cell.figure(Amounts.bytes(micro.bytesPerOp()), micro.bytesPerOp())));
        }
        return table.build();
    }
}
