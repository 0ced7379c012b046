package dev.larder.perf.profile;

import dev.larder.perf.suite.ForwardingProgress;
import dev.larder.perf.suite.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * A recording of the whole run by JFR. Repetitions of different rows take turns, so each step of the run is an event in
 * the recording, by which the others are told apart.
 */
public final class Recording implements AutoCloseable {
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(10);
    // Shorter waits are part of handing work over from one thread to another.
    private static final Duration LONG_WAIT = Duration.ofMillis(1);

    private final jdk.jfr.Recording recording = new jdk.jfr.Recording();
    private @Nullable StepEvent current;

    private Recording() {}

    /** Returns whether this JVM can record. */
    public static boolean isAvailable() {
        return FlightRecorder.isAvailable();
    }

    /** Begins to record. */
    public static Recording start() {
        Recording started = new Recording();
        jdk.jfr.Recording recording = started.recording;
        recording.setName("larder bench");
        recording.enable(Events.EXECUTION).withPeriod(BETWEEN_SAMPLES);
        recording.enable(Events.NATIVE).withPeriod(BETWEEN_SAMPLES);
        recording.enable(Events.ALLOCATION).with("throttle", "1000/s");
        recording.enable(Events.MONITOR).withThreshold(LONG_WAIT);
        recording.enable(Events.PARK).withThreshold(LONG_WAIT);
        recording.enable(StepEvent.class);
        recording.start();
        return started;
    }

    /** Returns the progress, by which the recording knows what is running. */
    public Progress over(Progress progress) {
        return new ForwardingProgress(progress) {
            @Override
            public void step(String what) {
                next(what);
                super.step(what);
            }

            @Override
            public void end() {
                next(null);
                super.end();
            }
        };
    }

    private synchronized void next(@Nullable String what) {
        if (current != null) {
            current.commit();
        }
        current = null;
        if (what != null) {
            current = new StepEvent();
            current.what = what;
            current.begin();
        }
    }

    /**
     * Ends the recording and puts it into a file.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void writeTo(Path file) {
        try {
            recording.stop();
            recording.dump(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the recording " + file, e);
        }
    }

    @Override
    public void close() {
        recording.close();
    }
}
