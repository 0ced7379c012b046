package dev.larder.perf.report.content;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.larder.perf.report.content.Table.Cell;
import dev.larder.perf.report.data.Line;
import dev.larder.perf.report.data.Measured;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the time went, what was allocated and what was waited for, where that was recorded. */
final class Profiles {
    static final String NAME = "profile";

    private Profiles() {}

    static List<Section> sections(Measured measured) {
        List<Block> blocks = new ArrayList<>();
        Set<List<Object>> told = new HashSet<>();
        for (Line line : measured.run().lines()) {
            JsonElement profile = line.details().get(NAME);
            // All numbers of callers of a scenario share one.
            if (profile != null
                    && profile.isJsonObject()
                    && told.add(List.of(line.store(), line.scenario(), profile))) {
                List<Block> tables = new ArrayList<>();
                for (Map.Entry<String, JsonElement> part :
                        profile.getAsJsonObject().entrySet()) {
                    add(part.getKey(), part.getValue(), line, tables);
                }
                if (!tables.isEmpty()) {
                    blocks.add(new Block.Folded(line.store() + ", " + line.scenario(), tables, line.scenario()));
                }
            }
        }
        return blocks.isEmpty() ? List.of() : List.of(new Section("profile", "Where it goes", blocks));
    }

    private static void add(String name, JsonElement part, Line line, List<Block> tables) {
        if (!part.isJsonArray()) {
            // Where the recording lies is of use on one machine only, and nobody else's business.
            if (part.isJsonPrimitive() && !name.equals("recording")) {
                tables.add(new Block.Paragraph(Values.words(name) + ": " + Values.text(name, part)));
            }
            return;
        }
        Set<String> heads = new LinkedHashSet<>();
        List<JsonObject> entries = new ArrayList<>();
        for (JsonElement element : part.getAsJsonArray()) {
            JsonObject entry = new JsonObject();
            if (element.isJsonObject()) {
                entry = element.getAsJsonObject();
            } else {
                entry.add(Values.words(name), element);
            }
            entries.add(entry);
            heads.addAll(entry.keySet());
        }
        if (entries.isEmpty()) {
            return;
        }
        Table.Builder table = new Table.Builder(Values.words(name));
        for (String head : heads) {
            boolean figure = entries.stream()
                    .allMatch(entry -> !entry.has(head)
                            || (entry.get(head).isJsonPrimitive()
                                    && entry.getAsJsonPrimitive(head).isNumber()));
            if (figure) {
                table.figures(Values.words(head));
            } else {
                table.words(Values.words(head));
            }
        }
        for (JsonObject entry : entries) {
            table.row(
                    line.store(),
                    line.scenario(),
                    heads.stream()
                            .map(head -> Cell.text(entry.has(head) ? Values.text(head, entry.get(head)) : ""))
                            .toList());
        }
        tables.add(new Block.Tabled(table.build()));
    }
}
