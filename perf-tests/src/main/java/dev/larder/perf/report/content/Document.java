package dev.larder.perf.report.content;

import dev.larder.perf.report.chart.Ink;
import dev.larder.perf.report.data.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A report, before it is written as anything.
 *
 * @param title of the whole
 * @param subtitle which run it is of
 * @param inks one for each store
 * @param scenarios those that it speaks of
 * @param sections in reading order; those that there is nothing to say in are missing
 */
public record Document(String title, String subtitle, List<Ink> inks, List<String> scenarios, List<Section> sections) {
    /** Returns the report of what was measured. */
    public static Document of(Measured measured) {
        Inks inks = Inks.of(measured);
        List<Section> sections = new ArrayList<>();
        Stream.of(
                        Trouble.sections(measured),
                        Verdict.sections(measured, inks),
                        Weakest.sections(measured),
                        Surroundings.sections(measured),
                        Throughput.sections(measured, inks),
                        Latencies.sections(measured, inks),
                        BeforeAfter.sections(measured, inks),
                        Floor.sections(measured),
                        OverTime.sections(measured, inks),
                        Probes.sections(measured),
                        Micros.sections(measured, inks),
                        Everything.sections(measured),
                        ScenarioDetails.sections(measured),
                        Profiles.sections(measured),
                        Repeating.sections(measured))
                .forEach(sections::addAll);
        return new Document(
                "How the stores stand",
                Surroundings.subtitle(measured),
                inks.all(),
                measured.run().scenarios(),
                List.copyOf(sections));
    }
}
