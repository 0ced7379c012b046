package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;

/**
 * Makes the key of an answer: SHA-256 over everything in a request that the answer may depend on.
 *
 * <p>Every part is preceded by its kind and length, so that no two requests yield the same bytes. Credentials go in
 * and cannot be taken out again; nothing of a request is kept in any other form.
 */
final class KeyHasher {
    // Part of every key, so that a change of what goes in makes old entries unreachable instead of wrong.
    private static final byte FORMAT = 1;
    private static final MessageDigest SHA_256 = newSha256();

    private final MessageDigest digest;
    private final byte[] prefix = new byte[1 + Integer.BYTES];

    private KeyHasher() {
        digest = fresh();
        digest.update(FORMAT);
    }

    /** Returns the key of the answer to {@code request} with {@code body} under {@code rule}. */
    static CacheKey keyOf(HttpRequest request, CacheRule rule, List<String> hiddenCookies, List<ByteBuffer> body) {
        KeyHasher hasher = new KeyHasher();
        hasher.add('m', request.method());
        hasher.addUri(request.uri());
        request.headers().map().forEach((name, values) -> {
            if (KeyHeaders.isInKey(name, rule)) {
                hasher.addHeader('h', name, values);
            }
        });
        if (rule.isSharedAcrossCredentials()) {
            hasher.add('s', "");
        } else if (!hiddenCookies.isEmpty()) {
            hasher.addHeader('c', "cookie", hiddenCookies);
        }
        hasher.add(
                'b',
                Long.toString(body.stream().mapToLong(ByteBuffer::remaining).sum()));
        for (ByteBuffer part : body) {
            hasher.digest.update(part.duplicate());
        }
        return CacheKey.of(hasher.digest.digest());
    }

    /**
     * Returns a digest of the values that {@code request} has in the headers {@code names}, bound to {@code key} so that
     * equal values under different keys cannot be recognised.
     */
    static CacheKey variantOf(CacheKey key, HttpRequest request, List<String> names) {
        KeyHasher hasher = new KeyHasher();
        hasher.digest.update(key.bytes());
        for (String name : names) {
            hasher.addHeader('v', name, request.headers().allValues(name));
        }
        return CacheKey.of(hasher.digest.digest());
    }

    private void addUri(URI uri) {
        // RFC 9110 §4.2.3: scheme and host in any case, an empty path and the default port mean the same.
        // RFC 9110 §7.1: the fragment is not sent.
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        add('u', scheme);
        add('u', uri.getHost() == null ? uri.getRawAuthority() : uri.getHost().toLowerCase(Locale.ROOT));
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        add('u', Integer.toString(port));
        if (uri.getRawUserInfo() != null) {
            add('i', uri.getRawUserInfo());
        }
        String path = uri.getRawPath();
        add('u', path == null || path.isEmpty() ? "/" : path);
        if (uri.getRawQuery() != null) {
            add('q', uri.getRawQuery());
        }
    }

    private void addHeader(char kind, String name, List<String> values) {
        add(kind, name.toLowerCase(Locale.ROOT));
        for (String value : values) {
            add('=', value);
        }
    }

    private void add(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        prefix[0] = (byte) kind;
        ByteBuffer.wrap(prefix).putInt(1, bytes.length);
        digest.update(prefix);
        digest.update(bytes);
    }

    private static MessageDigest fresh() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return newSha256();
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
