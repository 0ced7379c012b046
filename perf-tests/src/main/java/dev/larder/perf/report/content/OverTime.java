package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Axis;
import dev.larder.perf.report.chart.Lines;
import dev.larder.perf.report.chart.Stroke;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Amounts;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import dev.larder.perf.suite.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** How it went over time, with the pauses of the garbage collector. */
final class OverTime {
    private OverTime() {}

    static List<Section> sections(Measured measured, Inks inks) {
        Run run = measured.run();
        List<Block> blocks = new ArrayList<>();
        for (String scenario : run.scenariosOverTime()) {
            List<Line> lines = new ArrayList<>();
            for (String store : run.stores()) {
                run.of(scenario)
                        .filter(line -> line.store().equals(store)
                                && line.series() != null
                                && !line.series().points().isEmpty())
                        .max(Comparator.comparingInt(Line::callers))
                        .ifPresent(lines::add);
            }
            blocks.add(new Block.Charts(pictures(scenario, lines, inks)));
        }
        if (blocks.isEmpty()) {
            return List.of();
        }
        blocks.add(
                0,
                new Block.Paragraph("A line that falls, or a tail that grows, is drift. The marks below are pauses of"
                        + " the garbage collector, a lane for each store, the longer the taller; what the heap held"
                        + " after them tells whether something is kept that should not be."));
        return List.of(new Section("time", "Over time", blocks));
    }

    private static List<Block.Picture> pictures(String scenario, List<Line> lines, Inks inks) {
        double end = lines.stream()
                .flatMap(OverTime::points)
                .mapToDouble(Series.Point::atMillis)
                .max()
                .orElse(1);
        Axis time = Axis.linear("seconds", end / 1e3, Amounts::number);
        List<Block.Picture> pictures = new ArrayList<>();
        double most = most(lines, Series.Point::throughputPerSecond);
        pictures.add(picture(
                scenario + ": calls a second",
                time,
                Axis.linear("calls a second", most, Amounts::brief),
                strokes(
                        lines,
                        inks,
                        Series.Point::throughputPerSecond,
                        point -> Amounts.rate(point.throughputPerSecond())),
                lines,
                inks));
        double slowest = most(lines, Series.Point::p99Nanos);
        double fastest = lines.stream()
                .flatMap(OverTime::points)
                .mapToDouble(Series.Point::p99Nanos)
                .filter(nanos -> nanos > 0)
                .min()
                .orElse(1);
        pictures.add(picture(
                scenario + ": what 99 % of the calls did not exceed",
                time,
                Axis.log("p99", fastest, Math.max(fastest, slowest), Amounts::time),
                strokes(
                        lines,
                        inks,
                        point -> Math.max(fastest, point.p99Nanos()),
                        point -> "p99 " + Amounts.time(point.p99Nanos())),
                lines,
                inks));
        heap(scenario, time, lines, inks, pictures);
        return pictures;
    }

    private static void heap(String scenario, Axis time, List<Line> lines, Inks inks, List<Block.Picture> pictures) {
        List<Stroke> strokes = new ArrayList<>();
        double most = 0;
        Table.Builder table = new Table.Builder("Pauses of the garbage collector under " + scenario)
                .words("store")
                .figures("pauses", "together", "longest", "heap after the first", "heap after the last");
        for (Line line : lines) {
            List<Series.Pause> pauses = series(line).pauses();
            if (!pauses.isEmpty()) {
                strokes.add(new Stroke(
                        inks.of(line.store()),
                        pauses.stream()
                                .map(pause -> new Stroke.Point(
                                        pause.atMillis() / 1e3,
                                        pause.heapAfterBytes(),
                                        line.store() + " after " + Amounts.number(pause.atMillis() / 1e3) + " s: heap "
                                                + Amounts.bytes(pause.heapAfterBytes())))
                                .toList()));
                most = Math.max(
                        most,
                        pauses.stream()
                                .mapToDouble(Series.Pause::heapAfterBytes)
                                .max()
                                .orElse(0));
                long together =
                        pauses.stream().mapToLong(Series.Pause::durationMicros).sum();
                long longest = pauses.stream()
                        .mapToLong(Series.Pause::durationMicros)
                        .max()
                        .orElse(0);
                long first = pauses.get(0).heapAfterBytes();
                long last = pauses.get(pauses.size() - 1).heapAfterBytes();
                table.row(
                        line.store(),
                        scenario,
                        List.of(
                                Cell.text(line.store()),
                                Cell.figure(Amounts.count(pauses.size()), pauses.size()),
                                Latencies.time(together * 1000),
                                Latencies.time(longest * 1000),
                                Cell.figure(Amounts.bytes(first), first),
                                Cell.figure(Amounts.bytes(last), last)));
            }
        }
        if (!strokes.isEmpty()) {
            pictures.add(new Block.Picture(
                    new Lines(
                            scenario + ": heap after each pause",
                            "What the heap held after each pause of the garbage collector, at most "
                                    + Amounts.bytes(most) + ".",
                            time,
                            megabytes(most),
                            strokes),
                    table.build(),
                    scenario));
        }
    }

    /** An axis in whole MiB, which powers of ten of bytes are not. */
    private static Axis megabytes(double most) {
        double mib = 1024 * 1024;
        Axis axis = Axis.linear("heap", most / mib, Amounts::number);
        return new Axis(
                axis.name(),
                axis.from() * mib,
                axis.to() * mib,
                false,
                axis.ticks().stream()
                        .map(tick -> new Axis.Tick(tick.at() * mib, tick.label() + " MiB"))
                        .toList());
    }

    private static Block.Picture picture(
            String title, Axis time, Axis height, List<Stroke> strokes, List<Line> lines, Inks inks) {
        List<Lines.Lane> lanes = new ArrayList<>();
        double longest = lines.stream()
                .flatMap(line -> series(line).pauses().stream())
                .mapToDouble(Series.Pause::durationMicros)
                .max()
                .orElse(1);
        for (Line line : lines) {
            if (lines.stream().anyMatch(any -> !series(any).pauses().isEmpty())) {
                lanes.add(new Lines.Lane(
                        inks.of(line.store()),
                        series(line).pauses().stream()
                                .map(pause -> mark(line, pause, longest))
                                .toList()));
            }
        }
        String scenario = lines.get(0).scenario();
        return new Block.Picture(
                new Lines(
                        title,
                        "Over " + Amounts.number(time.to()) + " seconds, for " + lines.size()
                                + (lines.size() == 1 ? " store." : " stores."),
                        time,
                        height,
                        strokes,
                        bands(lines.get(0)),
                        lanes),
                table(title, lines),
                scenario);
    }

    private static Lines.Mark mark(Line line, Series.Pause pause, double longest) {
        return new Lines.Mark(
                pause.atMillis() / 1e3,
                pause.durationMicros() / longest,
                line.store() + ": a pause of " + Amounts.time(pause.durationMicros() * 1e3) + ", " + pause.cause()
                        + ", heap after it " + Amounts.bytes(pause.heapAfterBytes()));
    }

    /** How many callers there were, where that changes. */
    private static List<Lines.Band> bands(Line line) {
        List<Lines.Band> bands = new ArrayList<>();
        List<Series.Point> points = series(line).points();
        double from = 0;
        for (int i = 0; i < points.size(); i++) {
            boolean ends = i + 1 == points.size()
                    || points.get(i + 1).callers() != points.get(i).callers();
            if (ends) {
                double to = points.get(i).atMillis() / 1e3;
                bands.add(
                        new Lines.Band(from, to, Integer.toString(points.get(i).callers())));
                from = to;
            }
        }
        if (bands.size() < 2) {
            return List.of();
        }
        Lines.Band first = bands.get(0);
        bands.set(0, new Lines.Band(first.from(), first.to(), first.label() + " callers"));
        return bands;
    }

    private static List<Stroke> strokes(
            List<Line> lines, Inks inks, ToDoubleFunction<Series.Point> figure, Function<Series.Point, String> text) {
        return lines.stream()
                .map(line -> new Stroke(
                        inks.of(line.store()),
                        points(line)
                                .map(point -> new Stroke.Point(
                                        point.atMillis() / 1e3,
                                        figure.applyAsDouble(point),
                                        line.store() + " after " + Amounts.number(point.atMillis() / 1e3) + " s, "
                                                + Trouble.callers(point.callers()) + ": " + text.apply(point)))
                                .toList()))
                .toList();
    }

    private static double most(List<Line> lines, ToDoubleFunction<Series.Point> figure) {
        return lines.stream()
                .flatMap(OverTime::points)
                .mapToDouble(figure)
                .max()
                .orElse(0);
    }

    private static Stream<Series.Point> points(Line line) {
        return series(line).points().stream();
    }

    private static Series series(Line line) {
        Series series = line.series();
        return series == null ? new Series(List.of(), List.of()) : series;
    }

    private static Table table(String title, List<Line> lines) {
        Table.Builder table =
                new Table.Builder(title).words("store").figures("after", "callers", "calls a second", "p50", "p99");
        for (Line line : lines) {
            points(line)
                    .forEach(point -> table.row(
                            line.store(),
                            line.scenario(),
                            List.of(
                                    Cell.text(line.store()),
                                    Cell.figure(Amounts.number(point.atMillis() / 1e3) + " s", point.atMillis()),
                                    Cell.figure(Amounts.count(point.callers()), point.callers()),
                                    Cell.figure(Amounts.rate(point.throughputPerSecond()), point.throughputPerSecond()),
                                    Latencies.time(point.p50Nanos()),
                                    Latencies.time(point.p99Nanos()))));
        }
        return table.build();
    }
}
