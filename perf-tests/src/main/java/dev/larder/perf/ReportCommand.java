package dev.larder.perf;

import dev.larder.perf.report.data.BadResultsException;
import dev.larder.perf.report.data.Measured;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code larder report}: a report from files of earlier runs. */
@Command(
        name = "report",
        description = {
            "Makes a report from what larder bench, larder bench limits and larder bench micro have written with --json.",
            ""
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files of results, of whichever kind and in whichever order.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--before",
            paramLabel = "FILE",
            description = "Results of an earlier run to show these ones beside.")
    private @Nullable Path before;

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Override
    public Integer call() {
        if (!options.isAnything()) {
            throw CommandException.badInput(
                    "what shall be written? Name at least one of --html, --markdown and --pictures");
        }
        Measured measured =
                read(files).beside(before == null ? null : read(List.of(before)).run());
        options.check().write(measured);
        return 0;
    }

    private static Measured.Collector read(List<Path> files) {
        Measured.Collector collector = new Measured.Collector();
        try {
            for (Path file : files) {
                collector.add(file.toString(), ResultFile.read(file));
            }
        } catch (BadResultsException e) {
            throw CommandException.badInput(e.getMessage());
        }
        return collector;
    }
}
