package dev.larder.perf;

import dev.larder.cache.CacheStoreException;
import dev.larder.perf.demo.Demo;
import dev.larder.perf.demo.DemoException;
import dev.larder.perf.suite.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder demo}: the tour. */
@Command(
        name = "demo",
        description = {
            "Shows what larder does: calls a slow API on loopback, and shows which calls reached it and which did not,"
                    + " also after a restart and while the API is down. Takes a few seconds and needs no network.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "The SQLite file to keep answers in; it stays. Default: a temporary one, which does not.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        if (file != null) {
            take(file);
            return 0;
        }
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            take(directory.path().resolve("http-cache.db"));
        }
        return 0;
    }

    private void take(Path path) {
        try {
            new Demo(path, spec.commandLine().getOut()).run();
        } catch (DemoException e) {
            throw new CommandException(CommandException.FAILED, e.getMessage());
        } catch (IllegalArgumentException | CacheStoreException e) {
            throw CommandException.badInput("cannot keep answers in " + path + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandException(CommandException.FAILED, "cannot read " + path + ": " + e.getMessage());
        }
    }
}
