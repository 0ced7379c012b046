package dev.larder.perf.report.content;

import com.google.gson.JsonElement;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.JsonPaths;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import dev.larder.perf.report.data.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each scenario does, and what was measured in it that the others do not have. */
final class ScenarioDetails {
    private ScenarioDetails() {}

    static List<Section> sections(Measured measured) {
        Run run = measured.run();
        List<Block> blocks = new ArrayList<>();
        for (String scenario : run.scenarios()) {
            List<Block> inside = new ArrayList<>();
            if (!run.sentence(scenario).isEmpty()) {
                inside.add(new Block.Paragraph(run.sentence(scenario)));
            }
            Table table = table(run, scenario);
            if (!table.rows().isEmpty()) {
                inside.add(new Block.Folded(
                        "Details of " + scenario + ", with " + Trouble.callers(Standing.busiest(run, scenario)),
                        List.of(new Block.Tabled(table)),
                        scenario));
            }
            if (!inside.isEmpty()) {
                blocks.add(new Block.Heading(scenario, inside));
            }
        }
        return blocks.isEmpty() ? List.of() : List.of(new Section("scenarios", "What each scenario does", blocks));
    }

    private static Table table(Run run, String scenario) {
        Map<String, Map<String, JsonElement>> byStore = new LinkedHashMap<>();
        Set<String> paths = new LinkedHashSet<>();
        for (String store : run.stores()) {
            Line line = run.busiest(scenario, store);
            if (line != null) {
                Map<String, JsonElement> details = new LinkedHashMap<>(line.details());
                details.remove(Profiles.NAME);
                Map<String, JsonElement> flat = JsonPaths.of(details);
                byStore.put(store, flat);
                paths.addAll(flat.keySet());
            }
        }
        Table.Builder table = new Table.Builder("Details of " + scenario).words("what");
        table.stores(byStore.keySet());
        for (String path : paths) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.text(Values.words(path)));
            byStore.values().forEach(values -> {
                JsonElement value = values.get(path);
                cells.add(Cell.text(value == null ? "" : Values.text(path, value)));
            });
            table.row(null, scenario, cells);
        }
        return table.build();
    }
}
