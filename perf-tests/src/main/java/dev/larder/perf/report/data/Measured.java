package dev.larder.perf.report.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report is made from.
 *
 * @param run what the load suite measured
 * @param limits ours beside the floor; empty if that was not measured
 * @param micros micro benchmarks; likewise
 * @param before an earlier run to compare with; null if there is none
 */
public record Measured(
        Run run,
        List<Limit> limits,
        List<Micro> micros,
        @Nullable Run before) {

    /** Collects what several files hold, whatever kind each is of. */
    public static final class Collector {
        private final List<Line> lines = new ArrayList<>();
        private final List<Probe> probes = new ArrayList<>();
        private final List<Limit> limits = new ArrayList<>();
        private final List<Micro> micros = new ArrayList<>();

        /**
         * Adds what a file holds.
         *
         * @param name of the file, for complaints
         * @param json its text
         * @throws BadResultsException if it is none that larder has written
         */
        public Collector add(String name, String json) throws BadResultsException {
            int number = 0;
            for (JsonElement element : array(name, json)) {
                number++;
                add(new Fields(element, name + ", entry " + number), name + ", entry " + number);
            }
            return this;
        }

        private static Iterable<JsonElement> array(String name, String json) throws BadResultsException {
            JsonElement root;
            try {
                root = JsonParser.parseString(json);
            } catch (JsonParseException e) {
                throw new BadResultsException(name + " is no JSON", e);
            }
            if (!root.isJsonArray()) {
                throw new BadResultsException(name + " is no JSON array, as --json of larder bench writes it");
            }
            return root.getAsJsonArray();
        }

        private void add(Fields fields, String where) throws BadResultsException {
            if (fields.has("benchmark")) {
                micros.add(Micro.of(fields));
            } else if (fields.has("scenario")) {
                if (fields.text("scenario").equals(Probe.SCENARIO)) {
                    probes.add(Probe.of(fields));
                } else {
                    lines.add(Line.of(fields));
                }
            } else if (fields.has("ratio")) {
                limits.add(Limit.of(fields));
            } else {
                throw new BadResultsException(where + " has neither 'scenario' nor 'ratio' nor 'benchmark': it is no"
                        + " result of larder bench, limits or micro");
            }
        }

        /** Returns the runs that were added. */
        public Run run() {
            return new Run(lines, probes);
        }

        /** Returns everything that was added. */
        public Measured beside(@Nullable Run before) {
            return new Measured(run(), List.copyOf(limits), List.copyOf(micros), before);
        }
    }
}
