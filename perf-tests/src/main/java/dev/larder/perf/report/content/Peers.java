package dev.larder.perf.report.content;

import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The best store of another library in one cell beside the best of ours that can do as much: what survives the process is
 * compared with what does, too.
 *
 * @param ours the best of ours
 * @param theirs the best of theirs
 */
record Peers(Line ours, Line theirs) {
    /** Returns what ours reaches of theirs: 2 is twice as much. */
    double ratio() {
        return ours.throughput() / Math.max(1e-9, theirs.throughput());
    }

    String sentence() {
        return Verdict.where(ours) + ", " + Amounts.rate(ours.throughput()) + " beside " + theirs.store() + "'s "
                + Amounts.rate(theirs.throughput());
    }

    /** Returns the cells in which both ran, those in which ours is farthest behind first. */
    static List<Peers> all(Run run) {
        List<Peers> all = new ArrayList<>();
        for (String scenario : run.scenarios()) {
            for (int callers : run.callers(scenario)) {
                List<Line> cell = run.cell(scenario, callers);
                Optional<Line> theirs =
                        cell.stream().filter(Line::isPeer).max(Comparator.comparingDouble(Line::throughput));
                boolean survives =
                        theirs.isPresent() && Boolean.TRUE.equals(theirs.get().persistent());
                Optional<Line> ours = cell.stream()
                        .filter(line -> line.isOurs() && (!survives || !Boolean.FALSE.equals(line.persistent())))
                        .max(Comparator.comparingDouble(Line::throughput));
                if (ours.isPresent() && theirs.isPresent()) {
                    all.add(new Peers(ours.get(), theirs.get()));
                }
            }
        }
        all.sort(Comparator.comparingDouble(Peers::ratio));
        return all;
    }

    static List<String> sentences(Run run) {
        List<Peers> all = all(run);
        if (all.isEmpty()) {
            return List.of();
        }
        long ahead = all.stream().filter(pair -> pair.ratio() >= 1).count();
        Peers best = all.get(all.size() - 1);
        List<String> sentences = new ArrayList<>();
        sentences.add("Beside what there is otherwise and keeps entries as long, the best of ours answers more in "
                + ahead + " of " + all.size() + " comparisons; most of all " + best.sentence() + ".");
        if (all.get(0).ratio() < 1) {
            sentences.add("Least of all " + all.get(0).sentence() + ".");
        }
        return sentences;
    }
}
