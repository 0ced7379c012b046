package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key of an answer: SHA-256 over everything in a request that the answer may depend on.
 *
 * <p>Every part is preceded by its kind and length, so that no two requests yield the same bytes. Credentials go in
 * and cannot be taken out again; nothing of a request is kept in any other form.
 */
final class KeyHasher {
    // Part of every key, so that a change of what goes in makes old entries unreachable instead of wrong.
    private static final byte FORMAT = 1;
    private static final int TAG_DIGITS = 32;
    private static final int TYPICAL_BYTES = 512;
    private static final int MOST_BYTES_RETAINED = 8 * 1024;
    // Hashers that wait for their next key: a digest and its buffers are half of what a hit would allocate. In slots by
    // thread, far enough apart that two processors seldom share a cache line.
    private static final int SLOTS = 64;
    private static final int SLOT_STRIDE = 16;
    private static final AtomicReferenceArray<@Nullable KeyHasher> IDLE =
            new AtomicReferenceArray<>(SLOTS * SLOT_STRIDE);

    private final MessageDigest digest = newSha256();
    // Put together here first: a digest is fed faster in one piece than in dozens.
    private final FormWriter parts = new FormWriter(TYPICAL_BYTES);

    private KeyHasher() {}

    private static KeyHasher take() {
        KeyHasher idle = IDLE.getAndSet(slot(), null);
        KeyHasher hasher = idle == null ? new KeyHasher() : idle;
        hasher.parts.writeByte(FORMAT);
        return hasher;
    }

    private static int slot() {
        return ((int) Thread.currentThread().getId() & (SLOTS - 1)) * SLOT_STRIDE;
    }

    /** Returns the key of the answers to {@code request} with {@code body}, GET and HEAD under one if HTTP decides. */
    static CacheKey keyOf(HttpRequest request, Policy policy, List<String> hiddenCookies, List<ByteBuffer> body) {
        KeyHasher hasher = take();
        hasher.addRequest(request, policy, hiddenCookies, body);
        return hasher.digest(body);
    }

    /** Returns what the key of a request is made of, its body's bytes aside, with nothing in it that is a secret. */
    static List<Explanation.KeyPart> partsOf(
            HttpRequest request, Policy policy, List<String> hiddenCookies, List<ByteBuffer> body) {
        // One of its own, which nobody uses again.
        KeyHasher hasher = new KeyHasher();
        hasher.addRequest(request, policy, hiddenCookies, body);
        return KeyParts.read(ByteBuffer.wrap(hasher.parts.array(), 0, hasher.parts.length()));
    }

    private void addRequest(HttpRequest request, Policy policy, List<String> hiddenCookies, List<ByteBuffer> body) {
        if (!policy.isForced()) {
            // What HTTP lets a cache keep, a rule may see in another way, and a shared cache too.
            add('p', policy.shared() ? String.join(",", policy.targets()) : "private");
        }
        String method = request.method();
        add('m', method.equals("HEAD") && !policy.isForced() ? "GET" : method);
        addUri(request.uri());
        boolean hasContent = !body.isEmpty();
        request.headers().map().forEach((name, values) -> {
            KeyHeader header = KeyHeader.of(name);
            if (policy.isInKey(header) || (hasContent && header.describesContent())) {
                addHeader('h', header.lowerCaseName(), values);
            }
        });
        if (policy.isSharedAcrossCredentials()) {
            add('s', "");
        } else if (!hiddenCookies.isEmpty()) {
            addHeader('c', "cookie", hiddenCookies);
        }
        long length = 0;
        for (ByteBuffer part : body) {
            length += part.remaining();
        }
        add('b', Long.toString(length));
    }

    /**
     * Returns the key of the answer to requests with the values that {@code request} has in the headers {@code names},
     * among the answers under {@code key} (RFC 9111 §4.1).
     */
    static CacheKey variantOf(CacheKey key, HttpRequest request, List<String> names) {
        KeyHasher hasher = take();
        hasher.parts.write(key.bytes());
        for (String name : names) {
            String value = VaryKey.normalized(name, request.headers().allValues(name));
            hasher.addHeader('v', name, value == null ? List.of() : List.of(value));
        }
        return hasher.digest(List.of());
    }

    /** Returns the key of the answers to HEAD, where those to GET are under {@code key}. */
    static CacheKey headOf(CacheKey key) {
        KeyHasher hasher = take();
        hasher.parts.write(key.bytes());
        hasher.add('m', "HEAD");
        return hasher.digest(List.of());
    }

    /** Returns a name for everything that HTTP has kept about a URI, to be removed by when that changes. */
    static String tagOf(URI normalUri) {
        return tagOf("uri:", normalUri);
    }

    /** Returns a name for everything that rules have kept about a URI, which is removed by hand only. */
    static String purgeTagOf(URI normalUri) {
        return tagOf("ruled:", normalUri);
    }

    /** Returns the name of everything that varies under a key, which is not kept under the key itself. */
    static String variantsTagOf(CacheKey key) {
        return "key:" + key;
    }

    static Set<String> withVariantsTag(Set<String> tags, CacheKey key) {
        Set<String> all = new HashSet<>(tags);
        all.add(variantsTagOf(key));
        return all;
    }

    private static String tagOf(String prefix, URI normalUri) {
        KeyHasher hasher = take();
        hasher.add('t', normalUri.toString());
        return prefix + hasher.digest(List.of()).toString().substring(0, TAG_DIGITS);
    }

    /** Returns the digest of everything added and of {@code body}; this hasher is done. */
    private CacheKey digest(List<ByteBuffer> body) {
        digest.update(parts.array(), 0, parts.length());
        for (ByteBuffer part : body) {
            digest.update(part.duplicate());
        }
        CacheKey key = CacheKey.of(digest.digest());
        if (parts.array().length <= MOST_BYTES_RETAINED) {
            // There are credentials in it.
            parts.clear();
            IDLE.lazySet(slot(), this);
        }
        return key;
    }

    private void addUri(URI given) {
        URI normal = TargetUri.normalize(given);
        URI uri = normal == null ? given : normal;
        // RFC 9110 §4.2.3: scheme and host in any case, an empty path and the default port mean the same.
        // RFC 9110 §7.1: the fragment is not sent.
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        add('u', scheme);
        add('u', uri.getHost() == null ? uri.getRawAuthority() : uri.getHost().toLowerCase(Locale.ROOT));
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        add('u', Integer.toString(port));
        if (given.getRawUserInfo() != null) {
            add('i', given.getRawUserInfo());
        }
        String path = uri.getRawPath();
        add('u', path == null || path.isEmpty() ? "/" : path);
        if (uri.getRawQuery() != null) {
            add('q', uri.getRawQuery());
        }
    }

    private void addHeader(char kind, String lowerCaseName, List<String> values) {
        add(kind, lowerCaseName);
        for (String value : values) {
            add('=', value);
        }
    }

    private void add(char kind, String text) {
        parts.writeByte(kind);
        parts.writeText(text);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
