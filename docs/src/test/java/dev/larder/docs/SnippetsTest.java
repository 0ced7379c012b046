package dev.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Java in a document is a region of a test of this module, which compiles and runs.
 *
 * <p>A region stands between the lines {@code // tag::name[]} and {@code // end::name[]}. In the document, the line
 * above the block names it: {@code <!-- snippet: File.java#name -->}. The indentation that all lines of a region share
 * does not count.
 */
class SnippetsTest {
    private static final Pattern REFERENCE = Pattern.compile("<!-- snippet: (\\w+\\.java)#([\\w-]+) -->");

    static Stream<String> documents() {
        return Documents.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void javaIsTakenFromTests(String document) throws IOException {
        List<String> lines = Documents.lines(document);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("```java")) {
                Matcher reference =
                        REFERENCE.matcher(i == 0 ? "" : lines.get(i - 1).strip());
                if (!reference.matches()) {
                    fail(document + ":" + (i + 1) + ": no line <!-- snippet: File.java#name --> above the block");
                }
                List<String> region = region(reference.group(1), reference.group(2));
                List<String> block = lines.subList(i + 1, end(document, lines, i));
                if (!block.equals(region)) {
                    fail(document + ":" + (i + 1) + ": the block differs from the region, which is\n\n"
                            + String.join("\n", region) + "\n");
                }
            }
        }
    }

    @Test
    void documentsHaveSnippets() {
        assertThat(Documents.all())
                .contains("README.md", "docs/custom-store.md")
                .filteredOn(document -> Documents.lines(document).contains("```java"))
                .contains("README.md", "docs/custom-store.md", "docs/getting-started.md");
    }

    @Test
    void indentationThatAllLinesShareDoesNotCount() {
        assertThat(unindented(List.of("    if (a) {", "", "        b();", "    }")))
                .containsExactly("if (a) {", "", "    b();", "}");
    }

    private static int end(String document, List<String> lines, int begin) {
        for (int i = begin + 1; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("```")) {
                return i;
            }
        }
        return fail(document + ":" + (begin + 1) + ": the block does not end");
    }

    private static List<String> region(String file, String name) throws IOException {
        List<Path> found;
        try (Stream<Path> sources = Files.walk(Documents.resolve("docs/src/test/java"))) {
            found = sources.filter(path -> path.endsWith(file)).toList();
        }
        assertThat(found).as("sources named %s", file).hasSize(1);
        List<String> lines = Files.readAllLines(found.get(0));
        int begin = lineOf("// tag::" + name + "[]", lines, file);
        int end = lineOf("// end::" + name + "[]", lines, file);
        return unindented(lines.subList(begin + 1, end));
    }

    private static int lineOf(String mark, List<String> lines, String file) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(mark)) {
                found.add(i);
            }
        }
        assertThat(found).as("lines %s in %s", mark, file).hasSize(1);
        return found.get(0);
    }

    private static List<String> unindented(List<String> lines) {
        int shared = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(shared))
                .toList();
    }
}
