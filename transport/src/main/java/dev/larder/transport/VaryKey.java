package dev.larder.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which request headers a response varies by, and their values in the one form that all values with the same meaning
 * have (RFC 9111 §4.1).
 *
 * <p>Lines are joined, and whitespace around commas goes. Of the fields that rank preferences (RFC 9110 §12.5), the
 * case of letters goes too, weights are written in one way, and so is the order of members, which means nothing: what
 * is preferred says the weight.
 */
final class VaryKey {
    private VaryKey() {}

    /** Returns the headers that a Vary field names, in lower case, each once and sorted. */
    static List<String> names(List<String> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        return List.copyOf(new TreeSet<>(FieldList.lowerCaseMembers(lines)));
    }

    /** Returns whether a Vary field has the member that no request ever matches. */
    static boolean isUnmatchable(List<String> lines) {
        return FieldList.contains(lines, "*");
    }

    /**
     * Returns the value of a request header for comparison, or null if the request lacks it: an absent field matches an
     * absent one only.
     *
     * @param name in lower case
     */
    static @Nullable String normalized(String name, List<String> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        return switch (name) {
            case "accept" -> preferences(lines, true);
            case "accept-charset", "accept-encoding", "accept-language" -> preferences(lines, false);
            default -> joined(lines);
        };
    }

    // Empty members stay: nobody knows whether the field is a list.
    private static String joined(List<String> lines) {
        if (lines.size() == 1 && lines.get(0).indexOf(',') < 0) {
            return FieldList.trim(lines.get(0));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int end;
            int start = 0;
            do {
                end = FieldList.endOfMember(line, start);
                int from = FieldList.skipSpace(line, start, end);
                text.append(i + start == 0 ? "" : ",").append(line, from, FieldList.trimEnd(line, from, end));
                start = end + 1;
            } while (end < line.length());
        }
        return text.toString();
    }

    private static String preferences(List<String> lines, boolean parameters) {
        List<String> members = FieldList.members(lines);
        if (members.isEmpty()) {
            return "";
        }
        List<String> preferences = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            preferences.add(preference(members.get(i), parameters));
        }
        Collections.sort(preferences);
        return String.join(",", preferences);
    }

    /** One member: a range, perhaps parameters whose values may be in quotes, perhaps a weight (RFC 9110 §12.4.2). */
    private static String preference(String member, boolean parameters) {
        int end = endOfPart(member, 0);
        if (end == member.length()) {
            return FieldList.lowerCase(member);
        }
        StringBuilder text = new StringBuilder(member.length());
        text.append(FieldList.lowerCase(FieldList.trim(member.substring(0, end))));
        while (end < member.length()) {
            int start = end + 1;
            end = endOfPart(member, start);
            String part = FieldList.trim(member.substring(start, end));
            if (!part.isEmpty()) {
                append(text, part, parameters);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String parameter, boolean parameters) {
        if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
            String weight = weight(parameter);
            // §12.4.2: without one it is 1.
            if (!weight.equals("1")) {
                text.append(";q=").append(weight);
            }
            return;
        }
        int equals = parameter.indexOf('=');
        if (!parameters || equals < 0) {
            text.append(';').append(FieldList.lowerCase(parameter));
        } else {
            // §5.6.6: the name has no case, the value may have.
            text.append(';')
                    .append(FieldList.lowerCase(parameter.substring(0, equals)))
                    .append(parameter, equals, parameter.length());
        }
    }

    /** Returns the shortest way to write a weight; what is none stays as it is. */
    private static String weight(String parameter) {
        int end = parameter.length();
        if (end > 4 && parameter.charAt(3) == '.') {
            while (parameter.charAt(end - 1) == '0') {
                end--;
            }
            end = end == 4 ? 3 : end;
        }
        return parameter.substring(2, end);
    }

    private static int endOfPart(String member, int from) {
        for (int i = from; i < member.length(); i++) {
            char c = member.charAt(i);
            if (c == ';') {
                return i;
            }
            if (c == '"') {
                int close = FieldList.closingQuote(member, i);
                i = close < 0 ? member.length() : close;
            }
        }
        return member.length();
    }
}
