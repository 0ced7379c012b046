package dev.larder.perf.torture;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A virtual machine like this one, with the same class path, as the parent sees it. For one thread. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final DataInputStream out;
    private final Path errors;
    private final CompletableFuture<Void> watchdog;
    private volatile boolean hung;

    /**
     * Starts {@code main}.
     *
     * @param directory where its complaints go, until this is closed
     * @param patienceSeconds after so long a child that hangs is killed
     */
    public ChildJvm(Path directory, long patienceSeconds, List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        errors = Files.createTempFile(directory, "child-", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        out = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        watchdog = CompletableFuture.runAsync(
                this::giveUp, CompletableFuture.delayedExecutor(patienceSeconds, TimeUnit.SECONDS));
    }

    /** Returns what the child writes to its standard output. */
    public DataInputStream out() {
        return out;
    }

    /** Returns what the child reads from its standard input. */
    public OutputStream in() {
        return process.getOutputStream();
    }

    /** Ends the child as kill -9 does. What it has written until then can still be read. */
    public void kill() {
        // By the handle, because the process itself would drop what nobody has read yet.
        process.toHandle().destroyForcibly();
    }

    private void giveUp() {
        // Before it ends, as whoever waits for its end asks at once why it came.
        hung = process.isAlive();
        kill();
    }

    /** Waits for the end of the child and returns its exit code. */
    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Returns what the child said to standard error. */
    public String complaints() throws IOException {
        return Files.readString(errors).strip();
    }

    /** Returns whether the child had to be killed because it hung. */
    public boolean hung() {
        return hung;
    }

    @Override
    public void close() throws IOException {
        watchdog.cancel(false);
        kill();
        out.close();
        Files.deleteIfExists(errors);
    }
}
