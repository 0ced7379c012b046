package dev.larder.perf;

import dev.larder.perf.profile.Profile;
import dev.larder.perf.profile.ProfileLines;
import dev.larder.perf.profile.Profiles;
import dev.larder.perf.profile.Recording;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.TemporaryDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The recording of a run, where the user asks for one. */
final class Profiling implements AutoCloseable {
    private final @Nullable Recording recording;
    private final @Nullable TemporaryDirectory temporary;
    private final Path file;
    private @Nullable Profiles profiles;

    private Profiling(@Nullable Recording recording, @Nullable TemporaryDirectory temporary, Path file) {
        this.recording = recording;
        this.temporary = temporary;
        this.file = file;
    }

    /** Returns what records nothing. */
    static Profiling none() {
        return new Profiling(null, null, Path.of(""));
    }

    /**
     * Begins to record.
     *
     * @param results where the results are to go; null if nowhere, and then the recording does not stay either
     * @throws CommandException if this JVM cannot record, or the file cannot be written
     */
    static Profiling beside(@Nullable Path results) {
        if (!Recording.isAvailable()) {
            throw CommandException.badInput("--profile needs a JVM that has the Flight Recorder, and this one has not");
        }
        if (results == null) {
            TemporaryDirectory directory = TemporaryDirectory.create();
            return new Profiling(Recording.start(), directory, directory.path().resolve("bench.jfr"));
        }
        String name = results.getFileName().toString().replaceFirst("\\.(json|html?)$", "") + ".jfr";
        Path file = results.resolveSibling(name);
        ResultFile.at(file);
        return new Profiling(Recording.start(), null, file);
    }

    Progress over(Progress progress) {
        return recording == null ? progress : recording.over(progress);
    }

    /** Ends the recording and reads it. */
    void read() {
        if (recording != null) {
            recording.writeTo(file);
            profiles = Profiles.of(file, temporary == null ? file.getFileName().toString() : "");
        }
    }

    /** Returns what belongs to a result, by its name in JSON. */
    Map<String, Object> of(Result result) {
        Profile profile = profiles == null ? null : profiles.of(result).orElse(null);
        return profile == null ? Map.of() : Map.of("profile", profile);
    }

    void print(List<Result> results, PrintWriter out) {
        if (profiles == null) {
            return;
        }
        Map<String, Profile> byScenario = new LinkedHashMap<>();
        for (Result result : results) {
            profiles.of(result).ifPresent(profile -> byScenario.putIfAbsent(profile.of(), profile));
        }
        byScenario.values().forEach(profile -> ProfileLines.print(profile, out));
        if (temporary == null) {
            out.println();
            out.println("The recording is in " + file + ", for JDK Mission Control or jfr print.");
            out.flush();
        }
    }

    @Override
    public void close() {
        if (recording != null) {
            recording.close();
        }
        if (temporary != null) {
            temporary.close();
        }
    }
}
