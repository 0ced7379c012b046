package dev.larder.perf;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file for results, found to be writable before the work that they come from. */
final class ResultFile {
    private final Path path;

    /** Puts the results into the file. */
    @FunctionalInterface
    interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    private ResultFile(Path path) {
        this.path = path;
    }

    /**
     * Returns the file at {@code path}, which is left as it is until results are written.
     *
     * @throws CommandException if it cannot be written
     */
    static ResultFile at(Path path) {
        try {
            boolean isNew = Files.notExists(path);
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (isNew) {
                Files.delete(path);
            }
            return new ResultFile(path);
        } catch (IOException e) {
            throw cannotWrite(CommandException.BAD_INPUT, path, e);
        }
    }

    /**
     * Replaces what the file holds.
     *
     * @throws CommandException if that fails
     */
    void write(Content content) {
        try (Writer writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            content.writeTo(writer);
        } catch (IOException e) {
            throw cannotWrite(CommandException.FAILED, path, e);
        }
    }

    /**
     * Returns what a file of earlier results holds.
     *
     * @throws CommandException if it cannot be read
     */
    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw CommandException.badInput(path + " is no JSON: it is not even text in UTF-8");
        } catch (NoSuchFileException e) {
            throw CommandException.badInput("cannot read " + path + ": it does not exist");
        } catch (IOException e) {
            throw CommandException.badInput("cannot read " + path + ": " + reason(path, e));
        }
    }

    private static CommandException cannotWrite(int exitCode, Path path, IOException failure) {
        return new CommandException(exitCode, "cannot write " + path + ": " + reason(path, failure));
    }

    /** Returns in a few words why a file cannot be read or written. */
    private static String reason(Path path, IOException failure) {
        if (Files.isDirectory(path)) {
            return "it is a directory";
        }
        if (failure instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        // The message of this type begins with the path, its reason does not.
        if (failure instanceof FileSystemException detailed && detailed.getReason() != null) {
            return detailed.getReason();
        }
        return failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getMessage());
    }
}
