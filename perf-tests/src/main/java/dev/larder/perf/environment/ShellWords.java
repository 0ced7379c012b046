package dev.larder.perf.environment;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands as they are typed into a shell. */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,%@+-]+");

    private ShellWords() {}

    /** Returns a line that a shell reads as these words. */
    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
