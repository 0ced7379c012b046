package dev.larder.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Markdown files of this repository, by their path from its root. */
final class Documents {
    private static final Path ROOT = root();

    private Documents() {}

    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docs/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("run the tests somewhere inside the repository");
    }

    static Path resolve(String path) {
        return ROOT.resolve(path).normalize();
    }

    /** Returns the Markdown files at the root and under docs, and no others. */
    static List<String> all() {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .map(path -> ROOT.relativize(path).toString().replace('\\', '/'))
                    .filter(path -> path.endsWith(".md") && !path.startsWith("docs/target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String path) {
        try {
            return Files.readAllLines(resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
