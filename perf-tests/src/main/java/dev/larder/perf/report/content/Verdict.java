package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Axis;
import dev.larder.perf.report.chart.Dots;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Limit;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The whole in a few sentences and one picture: how the stores stand against each other, the floor and other libraries. */
final class Verdict {
    private static final int WIDE = 820;
    // Nearer to the best than this is as good.
    private static final double ALIKE = 0.995;

    private Verdict() {}

    static List<Section> sections(Measured measured, Inks inks) {
        List<Block> blocks = new ArrayList<>();
        List<String> sentences = sentences(measured);
        if (!sentences.isEmpty()) {
            blocks.add(new Block.Paragraph(String.join(" ", sentences)));
        }
        Run run = measured.run();
        if (run.stores().size() > 1 && !Standing.all(run).isEmpty()) {
            List<Block.Picture> pictures = new ArrayList<>();
            List<Block> tables = new ArrayList<>();
            for (List<String> scenarios : groups(run)) {
                Table table = standings(run, scenarios);
                pictures.add(new Block.Picture(dots(run, scenarios, inks), WIDE, table, null));
                tables.add(new Block.Tabled(table));
            }
            blocks.add(new Block.Charts(pictures));
            blocks.addAll(tables);
        }
        return blocks.isEmpty() ? List.of() : List.of(new Section("verdict", "Verdict", blocks));
    }

    private static List<String> sentences(Measured measured) {
        List<String> sentences = new ArrayList<>();
        Run run = measured.run();
        if (!run.lines().isEmpty()) {
            sentences.add(extent(run));
            sentences.addAll(leaders(run));
            sentences.addAll(extremes(run));
            sentences.addAll(Peers.sentences(run));
        }
        sentences.addAll(floor(measured.limits()));
        return sentences;
    }

    private static String extent(Run run) {
        long requests = run.lines().stream().mapToLong(Line::requests).sum();
        long errors = run.lines().stream()
                .filter(Line::isOurs)
                .mapToLong(Line::errors)
                .sum();
        int stores = run.stores().size();
        int scenarios = run.scenarios().size();
        return stores + (stores == 1 ? " store" : " stores") + " in " + scenarios
                + (scenarios == 1 ? " scenario" : " scenarios") + ", " + Amounts.count(requests) + " calls: "
                + (errors == 0 ? "no call to a store of ours failed." : Amounts.count(errors) + " calls failed.");
    }

    private static List<String> leaders(Run run) {
        if (run.stores().size() < 2) {
            return List.of();
        }
        Map<String, Integer> wins = new LinkedHashMap<>();
        int judged = 0;
        for (String scenario : run.scenarios()) {
            List<Standing> standings = Standing.of(run, scenario, Standing.busiest(run, scenario));
            if (standings.size() > 1) {
                wins.merge(standings.get(0).best().store(), 1, Integer::sum);
                judged++;
            }
        }
        int all = judged;
        if (all == 0) {
            return List.of();
        }
        String list = wins.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " in " + entry.getValue())
                .collect(Collectors.joining(", "));
        return List.of("Fastest, of " + all + (all == 1 ? " scenario: " : " scenarios: ") + list + ".");
    }

    private static List<String> extremes(Run run) {
        List<Standing> others = Standing.all(run).stream()
                .filter(standing -> standing.line().isOurs() && standing.share() < ALIKE)
                .sorted(Comparator.comparingDouble(Standing::share))
                .toList();
        if (others.isEmpty()) {
            return List.of();
        }
        return List.of(
                "Nearest to the best: " + sentence(others.get(others.size() - 1)) + ".",
                "Farthest from it: " + sentence(others.get(0)) + ".");
    }

    private static String sentence(Standing standing) {
        return where(standing.line()) + ", " + Amounts.rate(standing.line().throughput()) + ", "
                + Amounts.percent(standing.share()) + " of what "
                + standing.best().store() + " reaches";
    }

    static String where(Line line) {
        return line.store() + " under " + line.scenario() + " with " + Trouble.callers(line.callers());
    }

    private static List<String> floor(List<Limit> limits) {
        List<Limit> asked =
                limits.stream().filter(limit -> limit.target() != null).toList();
        if (asked.isEmpty()) {
            return List.of();
        }
        long met = asked.stream().filter(Limit::holds).count();
        String sentence = "Beside the floor that it stands on, " + met + " of " + asked.size() + " targets are met";
        @Nullable
        Limit worst = asked.stream()
                .filter(limit -> !limit.holds())
                .max(Comparator.comparingDouble(Limit::shortfall))
                .orElse(null);
        return List.of(
                worst == null
                        ? sentence + "."
                        : sentence + "; farthest from its target is \u201c" + worst.name() + "\u201d, "
                                + Floor.judged(worst) + ".");
    }

    private static Dots dots(Run run, List<String> scenarios, Inks inks) {
        List<Dots.Row> rows = new ArrayList<>();
        double most = 1;
        for (String scenario : scenarios) {
            int callers = Standing.busiest(run, scenario);
            List<Dots.Dot> dots = new ArrayList<>();
            for (Standing standing : Standing.of(run, scenario, callers)) {
                double times = 1 / Math.max(1e-6, standing.share());
                most = Math.max(most, times);
                dots.add(new Dots.Dot(
                        inks.of(standing.line().store()),
                        times,
                        where(standing.line()) + ": "
                                + Amounts.rate(standing.line().throughput())
                                + (times <= 1 ? ", the most" : ", " + Amounts.times(times) + " less than the best")));
            }
            if (dots.size() > 1) {
                rows.add(new Dots.Row(scenario + ", " + Amounts.count(callers), dots));
            }
        }
        return new Dots(
                "How far each is from the best, by scenario and callers",
                "A row for each scenario with the most callers that it ran with. The best store is at 1; a store at 10"
                        + " answers a tenth of its calls a second.",
                Axis.log("times fewer calls a second than the best", 1, most, times -> Amounts.number(times) + "×"),
                rows);
    }

    /**
     * Puts scenarios that have a store in common together, so that stores and whole clients get a picture and a table
     * each.
     */
    private static List<List<String>> groups(Run run) {
        Map<Set<String>, List<String>> groups = new LinkedHashMap<>();
        for (String scenario : run.scenarios()) {
            Set<String> stores = run.of(scenario).map(Line::store).collect(Collectors.toCollection(HashSet::new));
            List<String> scenarios = new ArrayList<>();
            for (Set<String> others : List.copyOf(groups.keySet())) {
                if (!Collections.disjoint(stores, others)) {
                    scenarios.addAll(Objects.requireNonNull(groups.remove(others)));
                    stores.addAll(others);
                }
            }
            scenarios.add(scenario);
            groups.put(stores, scenarios);
        }
        List<String> order = run.scenarios();
        return groups.values().stream()
                .sorted(Comparator.comparingInt(scenarios -> order.indexOf(scenarios.get(0))))
                .toList();
    }

    private static Table standings(Run run, List<String> scenarios) {
        List<String> stores = run.stores().stream()
                .filter(store -> run.lines().stream()
                        .anyMatch(line -> line.store().equals(store) && scenarios.contains(line.scenario())))
                .toList();
        Table.Builder table = new Table.Builder(
                "Calls a second with the most callers of each scenario; the bar is the part of the best store's");
        table.words("scenario").figures("callers");
        table.stores(stores);
        for (String scenario : scenarios) {
            int callers = Standing.busiest(run, scenario);
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.text(scenario));
            cells.add(Cell.figure(Amounts.count(callers), callers));
            List<Standing> standings = Standing.of(run, scenario, callers);
            for (String store : stores) {
                cells.add(standings.stream()
                        .filter(standing -> standing.line().store().equals(store))
                        .findFirst()
                        .map(Verdict::cell)
                        .orElse(Cell.text("")));
            }
            if (!standings.isEmpty()) {
                table.row(null, scenario, cells);
            }
        }
        return table.build();
    }

    private static Cell cell(Standing standing) {
        Line line = standing.line();
        return new Cell(
                Amounts.rate(line.throughput()),
                line.throughput(),
                standing.share(),
                "p99 " + Amounts.time(line.latency().p99()),
                false);
    }
}
