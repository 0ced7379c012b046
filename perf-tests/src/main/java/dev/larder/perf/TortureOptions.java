package dev.larder.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Options that every torture has, and what is wrong with them. */
final class TortureOptions {
    private TortureOptions() {}

    static void checkRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw CommandException.badInput("bad " + option + " '" + value + "': write a number from 1 to " + most);
        }
    }

    static boolean isBehind(String durability) {
        return switch (durability) {
            case "committed" -> false;
            case "behind" -> true;
            default ->
                throw CommandException.badInput(
                        "unknown --durability '" + durability + "'; there are: committed, behind");
        };
    }

    /** Returns the directory, made if it was not there. What lies in one that is not empty could be mistaken for ours. */
    static Path emptyDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> children = Files.list(directory)) {
                if (children.findAny().isEmpty()) {
                    return directory;
                }
            }
        } catch (IOException e) {
            throw CommandException.badInput("cannot use " + directory + ": " + e.getMessage());
        }
        throw CommandException.badInput(directory + " is not empty: name another directory");
    }
}
