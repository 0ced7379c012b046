package dev.larder.perf.report.content;

import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import java.util.ArrayList;
import java.util.List;

/** What did not hold, and what is missing: before everything else. */
final class Trouble {
    private Trouble() {}

    static List<Section> sections(Measured measured) {
        List<Block> blocks = new ArrayList<>();
        if (measured.run().isPartial()) {
            blocks.add(new Block.Notice(
                    "This is a part of a run",
                    List.of("It was ended before its end: rows and repetitions are missing, and what is there may be"
                            + " the median of fewer repetitions than usual.")));
        }
        List<String> lines = new ArrayList<>(measured.run().violations());
        for (Line line : measured.run().lines()) {
            if (line.errors() > 0 && line.isOurs() && line.violations().isEmpty()) {
                lines.add(name(line) + ": " + Amounts.count(line.errors()) + " calls failed or got a wrong answer");
            }
        }
        if (!lines.isEmpty()) {
            blocks.add(new Block.Notice("What must hold did not", lines));
        }
        return blocks.isEmpty() ? List.of() : List.of(new Section("trouble", "Read this first", blocks));
    }

    static String name(Line line) {
        return line.store() + ", " + line.scenario() + ", " + callers(line.callers());
    }

    static String callers(int callers) {
        return Amounts.count(callers) + (callers == 1 ? " caller" : " callers");
    }
}
