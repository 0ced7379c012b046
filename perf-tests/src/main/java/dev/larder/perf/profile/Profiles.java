package dev.larder.perf.profile;

import dev.larder.perf.suite.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What a recording says of each scenario over each store. */
public final class Profiles {
    // By what the step was; the rounds before the counted ones say so in their names.
    private final Map<String, Tallies> byStep;
    private final String recording;

    private Profiles(Map<String, Tallies> byStep, String recording) {
        this.byStep = byStep;
        this.recording = recording;
    }

    /** A step of the run. */
    private record Span(String what, Instant end) {}

    /**
     * Reads a recording.
     *
     * @param name what to call the file; empty if it is not kept
     * @throws UncheckedIOException if it cannot be read
     */
    public static Profiles of(Path file, String name) {
        try {
            TreeMap<Instant, Span> steps = steps(file);
            Map<String, Tallies> byStep = new HashMap<>();
            try (RecordingFile events = new RecordingFile(file)) {
                while (events.hasMoreEvents()) {
                    RecordedEvent event = events.readEvent();
                    Map.Entry<Instant, Span> step = steps.floorEntry(event.getStartTime());
                    if (step != null
                            && event.getStartTime().isBefore(step.getValue().end())) {
                        byStep.computeIfAbsent(step.getValue().what(), what -> new Tallies())
                                .add(event);
                    }
                }
            }
            return new Profiles(byStep, name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recording " + file, e);
        }
    }

    /** Events stand in the file in no order, so that the steps have to be known first. */
    private static TreeMap<Instant, Span> steps(Path file) throws IOException {
        TreeMap<Instant, Span> steps = new TreeMap<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals(StepEvent.NAME)) {
                    steps.put(event.getStartTime(), new Span(event.getString("what"), event.getEndTime()));
                }
            }
        }
        return steps;
    }

    /** Returns what was recorded while a scenario ran over a store, or nothing if nothing was. */
    public Optional<Profile> of(Result result) {
        String of = result.store().name() + ", " + result.scenario();
        Tallies tallies = new Tallies();
        byStep.forEach((what, counted) -> {
            if (what.startsWith(of + ", ") && !what.contains("warm-up")) {
                tallies.add(counted);
            }
        });
        Profile profile = tallies.profile(of, recording);
        return profile.samples() == 0
                        && profile.allocations().isEmpty()
                        && profile.locks().isEmpty()
                ? Optional.empty()
                : Optional.of(profile);
    }
}
