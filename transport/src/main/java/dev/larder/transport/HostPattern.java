package dev.larder.transport;

import java.net.URI;

/**
 * Which hosts are meant: one, or with {@code *.} before it all of its subdomains; with a port, only that one.
 *
 * @param name lower case, and with the dot before it if subdomains are meant
 * @param port -1 if any will do
 */
record HostPattern(String name, int port) {

    /** @throws IllegalArgumentException if it is no host */
    static HostPattern parse(String text) {
        boolean subdomains = text.startsWith("*.");
        String plain = subdomains ? text.substring(2) : text;
        URI uri;
        try {
            uri = URI.create("http://" + plain + "/");
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || !uri.getRawPath().equals("/")) {
            throw refused(text);
        }
        String host = FieldList.lowerCase(uri.getHost());
        return new HostPattern(subdomains ? "." + host : host, uri.getPort());
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "a host is a name or an address, such as api.example.com, *.example.com or localhost:8080, not '" + text
                        + "'");
    }

    boolean matches(URI uri) {
        String host = uri.getHost();
        if (host == null || (port >= 0 && port != port(uri))) {
            return false;
        }
        if (!name.startsWith(".")) {
            return host.equalsIgnoreCase(name);
        }
        int from = host.length() - name.length();
        return from > 0 && host.regionMatches(true, from, name, 0, name.length());
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return (name.startsWith(".") ? "*" : "") + name + (port < 0 ? "" : ":" + port);
    }
}
