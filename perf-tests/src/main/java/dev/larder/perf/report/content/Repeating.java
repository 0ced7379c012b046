package dev.larder.perf.report.content;

import com.google.gson.JsonElement;
import dev.larder.perf.environment.ShellWords;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The commands by which all of it can be measured again. */
final class Repeating {
    private Repeating() {}

    static List<Section> sections(Measured measured) {
        Set<String> commands = new LinkedHashSet<>();
        for (Line line : measured.run().lines()) {
            JsonElement command = line.environment().get("command");
            if (command != null && command.isJsonPrimitive()) {
                commands.add(command.getAsString());
            }
        }
        if (commands.isEmpty() && !measured.run().lines().isEmpty()) {
            commands.add(bench(measured.run()));
        }
        String report = "./larder report results.json";
        if (!measured.limits().isEmpty()) {
            commands.add("./larder bench limits --json limits.json");
            report += " limits.json";
        }
        if (!measured.micros().isEmpty()) {
            commands.add("./larder bench micro --json micro.json");
            report += " micro.json";
        }
        if (measured.before() != null) {
            report += " --before earlier.json";
        }
        commands.add(report + " --html report.html --markdown report.md");
        return List.of(new Section(
                "repeat",
                "To repeat it",
                List.of(
                        new Block.Paragraph("From a checkout of larder. Figures of one machine are no figures of"
                                + " another, and on one that does something else at the time they are worth little:"
                                + " look at the load average and at the spread first."),
                        new Block.Commands(List.copyOf(commands)))));
    }

    private static String bench(Run run) {
        List<String> words = new ArrayList<>(List.of("./larder", "bench"));
        run.scenarios().forEach(scenario -> words.addAll(List.of("--scenario", scenario)));
        run.lines().stream()
                .filter(Line::isOurs)
                .map(Line::store)
                .distinct()
                .forEach(store -> words.addAll(List.of("--store", store)));
        words.addAll(List.of("--json", "results.json"));
        return ShellWords.join(words);
    }
}
