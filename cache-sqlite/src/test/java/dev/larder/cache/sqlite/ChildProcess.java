package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;

import dev.larder.cache.CacheStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A virtual machine of its own that uses a store, and the handle of the test that started it. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    /** Starts a child that puts into the store of {@code spec}; its puts are called {@code name} and a number. */
    ChildProcess(Path directory, String spec, String name, String count) throws IOException {
        this(directory, ChildProcess.class, spec, name, count);
        expect("ready.");
    }

    /** Starts a child that runs {@code main}. */
    ChildProcess(Path directory, Class<?> main, String... args) throws IOException {
        errors = Files.createTempFile(directory, "child", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        // A child lives for a second or two, in which optimizing compilers do not earn what they cost.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(args));
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Lets the child go on. */
    void begin() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Returns the next line that the child has written in full, or null after its end. */
    String line() throws IOException {
        String line = out.readLine();
        return line != null && line.endsWith(".") ? line.substring(0, line.length() - 1) : null;
    }

    void expect(String line) throws IOException {
        String actual = out.readLine();
        if (!line.equals(actual)) {
            throw new AssertionError("the child said " + actual + ", not " + line + "; " + Files.readString(errors));
        }
    }

    /** Waits for the end of the child, and returns what it complained about. */
    String complaints() throws IOException, InterruptedException {
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("the child does not end");
        }
        return Files.readString(errors);
    }

    /** Ends the child as kill -9 does. */
    void kill() {
        // By the handle, because the process itself would drop what the child has written and nobody has read.
        process.toHandle().destroyForcibly();
    }

    /** Ends the child so as soon as there is such a file, or it has ended by itself. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on the yield but speed.
    void killWhen(Path exists) throws InterruptedException {
        while (!Files.exists(exists) && process.isAlive()) {
            Thread.yield();
        }
        kill();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        kill();
        out.close();
    }

    /** Arguments: a spec, a name, how many puts each of four threads makes. */
    public static void main(String[] args) throws Exception {
        System.out.println("ready.");
        if (System.in.read() != '\n') {
            return;
        }
        int count = Integer.parseInt(args[2]);
        try (var store = CacheStores.open(args[0])) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String prefix = args[1] + t + "-";
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < count; i++) {
                        store.put(key(prefix + i), entry(prefix + i, "tag " + i % 10), soon());
                        System.out.println(prefix + i + ".");
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            if (args[0].contains("durability=behind")) {
                // Not closed: what was accepted is written all the same when the virtual machine shuts down.
                System.exit(0);
            }
        }
    }
}
