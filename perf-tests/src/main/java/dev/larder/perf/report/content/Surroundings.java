package dev.larder.perf.report.content;

import com.google.gson.JsonElement;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where it was measured. */
final class Surroundings {
    private static final int SHORT_REVISION = 12;

    // These differ between results of one run, or stand elsewhere in the report.
    private static final Set<String> OF_ONE_RESULT =
            Set.of("loadAverage.start", "loadAverage.end", "endedAt", "startedAt", "partial", "command");

    private static final String VERSIONS = "versions.";

    private Surroundings() {}

    static List<Section> sections(Measured measured) {
        List<Line> lines = measured.run().lines();
        if (lines.isEmpty()) {
            return List.of();
        }
        Map<String, JsonElement> environment = new LinkedHashMap<>(last(lines));
        environment.remove("command");
        environment.remove("partial");
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> versions = new ArrayList<>();
        environment.forEach((path, value) -> {
            String text = Values.text(path, value);
            if (path.startsWith(VERSIONS)) {
                versions.add(path.substring(VERSIONS.length()) + " " + text);
            } else if (!text.isEmpty()) {
                facts.put(Values.words(path), text);
            }
        });
        if (!versions.isEmpty()) {
            facts.put("versions", String.join(", ", versions));
        }
        List<Block> blocks = new ArrayList<>();
        if (lines.stream().map(Surroundings::lasting).distinct().count() > 1) {
            blocks.add(new Block.Notice(
                    "Not all of it was measured in one place",
                    List.of("Results come from runs on different machines, versions or revisions. What follows is of"
                            + " the last one; figures of different runs are no comparison.")));
        }
        if (!facts.isEmpty()) {
            blocks.add(new Block.Facts(facts));
        }
        blocks.add(new Block.Tabled(stores(measured.run())));
        return List.of(new Section("environment", "Where it was measured", blocks));
    }

    private static Table stores(Run run) {
        Table.Builder table = new Table.Builder("The stores").words("store", "it is there", "its entries", "remark");
        for (String store : run.stores()) {
            run.lines().stream()
                    .filter(line -> line.store().equals(store))
                    .max(Comparator.comparing(line -> line.persistent() != null))
                    .ifPresent(line -> table.row(
                            store,
                            null,
                            List.of(
                                    Cell.text(store),
                                    Cell.text(line.isOurs() ? "to be measured" : "for comparison"),
                                    Cell.text(
                                            line.persistent() == null
                                                    ? ""
                                                    : line.persistent() ? "survive the process" : "end with it"),
                                    Cell.text(line.remark()))));
        }
        return table.build();
    }

    private static Map<String, JsonElement> last(List<Line> lines) {
        return lines.get(lines.size() - 1).environment();
    }

    private static Map<String, JsonElement> lasting(Line line) {
        Map<String, JsonElement> lasting = new LinkedHashMap<>(line.environment());
        lasting.keySet().removeAll(OF_ONE_RESULT);
        return lasting;
    }

    /** Returns in a few words which run it is. */
    static String subtitle(Measured measured) {
        if (measured.run().lines().isEmpty()) {
            return "";
        }
        Map<String, JsonElement> values = last(measured.run().lines());
        List<String> words = new ArrayList<>();
        JsonElement started = values.get("startedAt");
        if (started != null) {
            words.add(started.getAsString().replaceFirst("T(\\d\\d:\\d\\d).*", " $1 UTC"));
        }
        add(words, "", values.get("machine.cpu"));
        JsonElement cores = values.get("machine.cores");
        if (cores != null) {
            words.add(cores.getAsString() + " processors");
        }
        add(words, "Java ", values.get("jvm.version"));
        JsonElement revision = values.get("git.revision");
        if (revision != null) {
            String text = revision.getAsString();
            words.add("revision " + text.substring(0, Math.min(SHORT_REVISION, text.length())));
        }
        return String.join(" · ", words);
    }

    private static void add(List<String> words, String before, @Nullable JsonElement value) {
        if (value != null) {
            words.add(before + value.getAsString());
        }
    }
}
