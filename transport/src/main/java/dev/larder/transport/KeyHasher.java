package dev.larder.transport;

import dev.larder.cache.CacheKey;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final byte FORMAT = 2;
    private static final int TAG_DIGITS = 32;
    private static final int TYPICAL_BYTES = 512;
    private static final int MOST_BYTES_RETAINED = 8 * 1024;
    // Hashers for the next keys, one for some of the threads: a digest and its buffers are half of what a hit would
    // allocate. A hasher stays in its slot while it works, because a collector has to be told of each reference that
    // moves, which costs more than the flag.
    private static final int SLOTS = 64;
    private static final AtomicReferenceArray<@Nullable KeyHasher> KEPT = new AtomicReferenceArray<>(SLOTS);

    private final AtomicBoolean works = new AtomicBoolean(true);
    private final MessageDigest digest = newSha256();
    // Put together here first: a digest is fed faster in one piece than in dozens.
    private final FormWriter parts = new FormWriter(TYPICAL_BYTES);
    private final byte[] key = new byte[CacheKey.LENGTH];

    private KeyHasher() {}

    private static KeyHasher take() {
        KeyHasher kept = KEPT.get(slot());
        KeyHasher hasher = kept != null && kept.works.compareAndSet(false, true) ? kept : new KeyHasher();
        hasher.parts.writeByte(FORMAT);
        return hasher;
    }

    /** Makes this ready for another key. One that failed halfway never comes here, and is replaced by the next. */
    private void giveBack() {
        // There are credentials in it.
        parts.clear();
        int slot = slot();
        if (KEPT.get(slot) != this) {
            KEPT.lazySet(slot, this);
        }
        works.setRelease(false);
    }

    private static int slot() {
        return (int) Thread.currentThread().getId() & (SLOTS - 1);
    }

    /** Returns the key of the answers to {@code request} with {@code body}, GET and HEAD under one if HTTP decides. */
    static CacheKey keyOf(HttpRequest request, Policy policy, List<String> hiddenCookies, List<ByteBuffer> body) {
        List<ByteBuffer> content = policy.hashed(body);
        KeyHasher hasher = take();
        hasher.addRequest(request, policy, hiddenCookies, content, content != body);
        return hasher.digest(content);
    }

    /** Returns what the key of a request is made of, its body's bytes aside, with nothing in it that is a secret. */
    static List<Explanation.KeyPart> partsOf(
            HttpRequest request, Policy policy, List<String> hiddenCookies, List<ByteBuffer> body) {
        // One of its own, which nobody uses again.
        KeyHasher hasher = new KeyHasher();
        List<ByteBuffer> content = policy.hashed(body);
        hasher.addRequest(request, policy, hiddenCookies, content, content != body);
        return KeyParts.read(ByteBuffer.wrap(hasher.parts.array(), 0, hasher.parts.length()));
    }

    /** @param canonical whether the body is not as it is sent, but in the form that all of its spellings have */
    private void addRequest(
            HttpRequest request, Policy policy, List<String> hiddenCookies, List<ByteBuffer> body, boolean canonical) {
        if (!policy.isForced()) {
            // What HTTP lets a cache keep, a rule may see in another way, and a shared cache too.
            if (policy.shared()) {
                add('P', String.join(",", policy.targets()));
            } else {
                add('p', "");
            }
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
        Set<String> ignored = canonical ? policy.ignoredFields() : null;
        if (ignored != null) {
            // Not the body as it is sent, but the form that all of its spellings have.
            add('j', String.join(",", ignored));
        }
        if (hasContent) {
            addLength(body);
        }
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
        for (int i = 0; i < body.size(); i++) {
            ByteBuffer part = body.get(i);
            if (part.hasArray()) {
                digest.update(part.array(), part.arrayOffset() + part.position(), part.remaining());
            } else {
                digest.update(part.duplicate());
            }
        }
        try {
            digest.digest(key, 0, key.length);
        } catch (DigestException e) {
            throw new AssertionError("the digest has " + key.length + " bytes", e);
        }
        CacheKey made = CacheKey.of(key);
        if (parts.array().length <= MOST_BYTES_RETAINED) {
            giveBack();
        }
        return made;
    }

    private void addUri(URI given) {
        URI normal = TargetUri.normalize(given);
        if (normal != null) {
            add('u', normal.toString());
        } else {
            addForeignUri(given);
        }
        if (given.getRawUserInfo() != null) {
            add('i', given.getRawUserInfo());
        }
    }

    /** Adds what the client may be able to call although it is no URI of HTTP: with a host name that is none. */
    private void addForeignUri(URI uri) {
        add('f', uri.getScheme().toLowerCase(Locale.ROOT));
        add('a', Objects.requireNonNullElse(uri.getRawAuthority(), ""));
        // RFC 9110 §7.1: the fragment is not sent.
        String path = uri.getRawPath();
        add('u', path == null || path.isEmpty() ? "/" : path);
        if (uri.getRawQuery() != null) {
            add('q', uri.getRawQuery());
        }
    }

    private void addLength(List<ByteBuffer> body) {
        long length = 0;
        for (int i = 0; i < body.size(); i++) {
            length += body.get(i).remaining();
        }
        parts.writeByte('b');
        parts.writeByte(Long.BYTES);
        parts.writeLong(length);
    }

    private void addHeader(char kind, String lowerCaseName, List<String> values) {
        add(kind, lowerCaseName);
        for (int i = 0; i < values.size(); i++) {
            add('=', values.get(i));
        }
    }

    private void add(char kind, String text) {
        parts.writeByte(kind);
        parts.writeBriefText(text);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
