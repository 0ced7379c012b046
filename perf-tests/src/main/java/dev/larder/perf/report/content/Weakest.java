package dev.larder.perf.report.content;

import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Limit;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What we are worst at: targets that are missed, peers that are faster, and calls that take far longer than most. */
final class Weakest {
    private static final int MOST_LIMITS = 4;
    private static final int MOST_PEERS = 4;
    private static final int MOST_STORES = 3;
    private static final int MOST_TAILS = 2;
    // Less than this is within what a run differs from the next one.
    private static final double NEAR = 0.9;
    private static final double LONG_TAIL = 100;

    // Fewer calls have no 99.9th percentile to speak of.
    private static final long ENOUGH_FOR_A_TAIL = 1000;

    private Weakest() {}

    static List<Section> sections(Measured measured) {
        List<Block.Point> points = new ArrayList<>();
        points.addAll(limits(measured.limits()));
        points.addAll(peers(measured.run()));
        points.addAll(stores(measured.run()));
        points.addAll(tails(measured.run()));
        if (points.isEmpty()) {
            return List.of();
        }
        return List.of(new Section("worst", "What we are worst at", List.of(new Block.Points(points))));
    }

    private static List<Block.Point> limits(List<Limit> limits) {
        return limits.stream()
                .filter(limit -> !limit.holds())
                .sorted(Comparator.comparingDouble(Limit::shortfall).reversed())
                .limit(MOST_LIMITS)
                .map(limit -> new Block.Point(limit.name(), "misses its target: " + Floor.judged(limit) + "."))
                .toList();
    }

    private static List<Block.Point> peers(Run run) {
        return Peers.all(run).stream()
                .filter(pair -> pair.ratio() < 1)
                .limit(MOST_PEERS)
                .map(pair -> new Block.Point(
                        pair.ours().scenario() + ", "
                                + Trouble.callers(pair.ours().callers()),
                        pair.theirs().store() + " is " + Amounts.times(1 / pair.ratio())
                                + " as fast as the best of ours: " + pair.sentence() + "."))
                .toList();
    }

    /** The store that is farthest behind the best one, once for each scenario. */
    private static List<Block.Point> stores(Run run) {
        List<Block.Point> points = new ArrayList<>();
        Set<String> told = new HashSet<>();
        List<Standing> standings = Standing.all(run).stream()
                .filter(standing -> standing.line().isOurs() && standing.share() < NEAR)
                .sorted(Comparator.comparingDouble(Standing::share))
                .toList();
        for (Standing standing : standings) {
            Line line = standing.line();
            if (points.size() < MOST_STORES && told.add(line.scenario())) {
                points.add(new Block.Point(
                        line.store() + ", " + line.scenario(),
                        "with " + Trouble.callers(line.callers()) + " answers "
                                + Amounts.rate(line.throughput()) + ", " + Amounts.percent(standing.share())
                                + " of what " + standing.best().store() + " does."));
            }
        }
        return points;
    }

    private static List<Block.Point> tails(Run run) {
        return run.lines().stream()
                .filter(line -> line.isOurs() && line.requests() >= ENOUGH_FOR_A_TAIL && tail(line) >= LONG_TAIL)
                .sorted(Comparator.comparingDouble(Weakest::tail).reversed())
                .limit(MOST_TAILS)
                .map(line -> new Block.Point(
                        "the tail of " + line.store() + ", " + line.scenario(),
                        "with " + Trouble.callers(line.callers()) + " one call in a thousand takes "
                                + Amounts.time(line.latency().p999()) + " or longer, the median "
                                + Amounts.time(line.latency().p50()) + "."))
                .toList();
    }

    private static double tail(Line line) {
        return line.latency().p999() / (double) Math.max(1, line.latency().p50());
    }
}
