package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.List;

/**
 * Which media types are meant (RFC 9110 §8.3.1, and §12.5.1 for the asterisk), whatever their parameters.
 *
 * @param type lower case
 * @param subtype lower case, or an asterisk for any
 */
record MediaRange(String type, String subtype) {

    /** @throws IllegalArgumentException if it is neither {@code type/subtype} nor {@code type/*} */
    static MediaRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0
                || !FieldList.isToken(text.substring(0, slash))
                || !FieldList.isToken(text.substring(slash + 1))
                || text.startsWith("*")) {
            throw new IllegalArgumentException(
                    "a media type is written like application/json or text/*, without parameters, not '" + text + "'");
        }
        return new MediaRange(
                FieldList.lowerCase(text.substring(0, slash)), FieldList.lowerCase(text.substring(slash + 1)));
    }

    /** Returns whether the Content-Type of a message is one of {@code ranges}; not if it has none, or several. */
    static boolean anyMatches(List<MediaRange> ranges, HttpHeaders headers) {
        List<String> lines = headers.allValues("Content-Type");
        if (lines.size() != 1) {
            return false;
        }
        String line = lines.get(0);
        int semicolon = line.indexOf(';');
        String given = FieldList.lowerCase(FieldList.trim(semicolon < 0 ? line : line.substring(0, semicolon)));
        for (MediaRange range : ranges) {
            if (range.matches(given)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(String given) {
        return given.length() > type.length()
                && given.startsWith(type)
                && given.charAt(type.length()) == '/'
                && (subtype.equals("*")
                        || (given.length() == type.length() + 1 + subtype.length() && given.endsWith(subtype)));
    }

    @Override
    public String toString() {
        return type + "/" + subtype;
    }
}
