package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entryOf;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A virtual machine of its own, started as its test wants it to be limited, that does what it is told, line by line. */
final class CommandedProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;
    private final Path errors;

    /** Starts the child by {@code prefix}, which is a command that executes those that follow it. */
    CommandedProcess(Path directory, List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CommandedProcess.class.getName()));
        errors = Files.createTempFile(directory, "child", ".err");
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Has the child do something, and returns what came of it: "ok", or what was thrown. */
    String tell(String command) throws IOException {
        in.println(command);
        String answer = out.readLine();
        if (answer == null) {
            throw new AssertionError("the child has ended: " + Files.readString(errors));
        }
        return answer;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        in.close();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        out.close();
    }

    public static void main(String[] args) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        CacheStore store = null;
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            String answer = "ok";
            try {
                switch (words[0]) {
                    case "open" -> store = CacheStores.open(words[1]);
                    case "fill" -> Files.write(Path.of(words[1]), new byte[Integer.parseInt(words[2])]);
                    case "delete" -> Files.delete(Path.of(words[1]));
                    default -> answer = use(store, words);
                }
            } catch (CacheStoreException e) {
                answer = e.kind() + " " + e.getMessage();
            }
            System.out.println(answer);
        }
    }

    private static String use(CacheStore store, String[] words) {
        switch (words[0]) {
            case "put" -> store.put(key(words[1]), entryOf(Integer.parseInt(words[2])), soon());
            case "get" -> {
                CacheEntry found = store.get(key(words[1]), soon());
                return found == null ? "none" : found.equals(entryOf(Integer.parseInt(words[2]))) ? "ok" : "wrong";
            }
            case "flush" -> store.flush(soon());
            case "close" -> store.close();
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "ok";
    }
}
