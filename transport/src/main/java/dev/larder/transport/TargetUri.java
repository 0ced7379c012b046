package dev.larder.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * URIs that responses refer to, in the one form that all spellings of a URI have (RFC 3986 §6.2.2 and §6.2.3, RFC 9110
 * §4.2.3).
 *
 * <p>References are resolved here rather than by {@link URI#resolve}, which follows the older RFC 2396: it makes of an
 * empty reference the folder of the base, and loses the file before a query.
 */
final class TargetUri {
    private TargetUri() {}

    /**
     * Returns what {@code reference} refers to in a response to a request for {@code target}, normalized, without a
     * fragment; null if that is no URI of HTTP (RFC 3986 §5.2).
     */
    static @Nullable URI resolve(URI target, String reference) {
        URI relative;
        try {
            relative = new URI(FieldList.trim(reference));
        } catch (URISyntaxException e) {
            return null;
        }
        if (relative.isOpaque()) {
            return null;
        }
        if (relative.getScheme() != null) {
            return normalize(relative);
        }
        if (relative.getRawAuthority() != null) {
            return normalized(target.getScheme(), relative, relative.getRawPath(), relative.getRawQuery());
        }
        String path = relative.getRawPath();
        String query = relative.getRawQuery();
        if (path.isEmpty()) {
            path = target.getRawPath();
            query = query == null ? target.getRawQuery() : query;
        } else if (!path.startsWith("/")) {
            path = merged(target.getRawPath(), path);
        }
        return normalized(target.getScheme(), target, path, query);
    }

    /** Returns {@code uri} in normal form, without a fragment; null if it is no URI of HTTP. */
    static @Nullable URI normalize(URI uri) {
        if (isNormal(uri)) {
            return uri;
        }
        return uri.isOpaque() ? null : normalized(uri.getScheme(), uri, uri.getRawPath(), uri.getRawQuery());
    }

    /** Returns whether two normalized URIs have one origin (RFC 9110 §4.3.1). */
    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getPort() == other.getPort()
                && Objects.equals(one.getHost(), other.getHost());
    }

    /** Returns whether nothing about {@code uri} needs a closer look: most are written like that. */
    private static boolean isNormal(URI uri) {
        String scheme = uri.getScheme();
        boolean https = "https".equals(scheme);
        String host = uri.getHost();
        return (https || "http".equals(scheme))
                && host != null
                && FieldList.lowerCase(host).equals(host)
                && uri.getRawUserInfo() == null
                && uri.getPort() != (https ? 443 : 80)
                && !uri.getRawAuthority().endsWith(":")
                && uri.getRawPath().startsWith("/")
                && !uri.getRawPath().contains("/.")
                && uri.getRawFragment() == null
                && uri.toString().indexOf('%') < 0;
    }

    /** {@code server} is the URI whose host and port are taken; user information before them is dropped (§4.2.4). */
    private static @Nullable URI normalized(
            @Nullable String scheme, URI server, @Nullable String path, @Nullable String query) {
        if (scheme == null || server.getHost() == null) {
            return null;
        }
        String lowerScheme = FieldList.lowerCase(scheme);
        boolean https = lowerScheme.equals("https");
        if (!https && !lowerScheme.equals("http")) {
            return null;
        }
        StringBuilder text = new StringBuilder(lowerScheme).append("://").append(FieldList.lowerCase(server.getHost()));
        if (server.getPort() >= 0 && server.getPort() != (https ? 443 : 80)) {
            text.append(':').append(server.getPort());
        }
        text.append(path == null || path.isEmpty() ? "/" : withoutDots(escapesInNormalForm(path)));
        if (query != null) {
            text.append('?').append(escapesInNormalForm(query));
        }
        try {
            return new URI(text.toString());
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** RFC 3986 §5.2.3 */
    private static String merged(@Nullable String base, String path) {
        return base == null || base.isEmpty() ? "/" + path : base.substring(0, base.lastIndexOf('/') + 1) + path;
    }

    /** RFC 3986 §5.2.4, for a path that begins with a slash. */
    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int next = path.indexOf('/', at + 1);
            int end = next < 0 ? path.length() : next;
            String segment = path.substring(at, end);
            boolean parent = segment.equals("/..");
            if (parent) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            }
            if (!parent && !segment.equals("/.")) {
                out.append(segment);
            } else if (next < 0) {
                out.append('/');
            }
            at = end;
        }
        return out.toString();
    }

    /** RFC 3986 §6.2.2.1 and §6.2.2.2: hexadecimal digits in upper case, and no escapes where none are needed. */
    private static String escapesInNormalForm(String text) {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, percent);
        for (int i = percent; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                out.append(c);
                continue;
            }
            char octet = (char) (high * 16 + low);
            if (isUnreserved(octet)) {
                out.append(octet);
            } else {
                out.append('%').append(hex(high)).append(hex(low));
            }
            i += 2;
        }
        return out.toString();
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }

    private static boolean isUnreserved(char c) {
        return FieldList.isDigit(c)
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
