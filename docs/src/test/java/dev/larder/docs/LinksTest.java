package dev.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link in a document leads to a file of this repository, and to a heading in it where it names one. */
class LinksTest {
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)|^\\[[^\\]]+\\]:\\s+(\\S+)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?)\\s*#*");

    static Stream<String> documents() {
        return Documents.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void linksLeadSomewhere(String document) {
        List<String> broken = new ArrayList<>();
        for (String link : links(document)) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? Documents.resolve(document)
                    : Documents.resolve(document).resolveSibling(parts[0]).normalize();
            if (!Files.exists(target)) {
                broken.add(link + ": there is no " + target);
            } else if (parts.length == 2 && !anchors(target.toString()).contains(parts[1])) {
                broken.add(link + ": the headings there are " + anchors(target.toString()));
            }
        }
        assertThat(broken).as("broken links in %s", document).isEmpty();
    }

    @Test
    void headingsAreNamedAsGitHubNamesThem() {
        assertThat(anchorsOf(
                        List.of("# Key, and `Vary`", "text", "```sh", "# no heading", "```", "## A-b_c", "## A-b_c")))
                .containsExactly("key-and-vary", "a-b_c", "a-b_c-1");
    }

    private static List<String> links(String document) {
        List<String> links = new ArrayList<>();
        for (String line : prose(Documents.lines(document))) {
            Matcher matcher = LINK.matcher(CODE.matcher(line).replaceAll(""));
            while (matcher.find()) {
                String link = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                if (!ELSEWHERE.matcher(link).matches()) {
                    links.add(link);
                }
            }
        }
        return links;
    }

    private static List<String> anchors(String path) {
        return anchorsOf(Documents.lines(path));
    }

    private static List<String> anchorsOf(List<String> lines) {
        List<String> anchors = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : prose(lines)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-');
                int before = seen.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }

    /** Returns the lines outside of code blocks. */
    private static List<String> prose(List<String> lines) {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            if (line.strip().startsWith("```")) {
                code = !code;
            } else if (!code) {
                prose.add(line);
            }
        }
        return prose;
    }
}
