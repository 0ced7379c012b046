package dev.larder.perf.upstream;

/**
 * What an {@link Upstream} says to a GET, with status 200.
 *
 * @param fields its header fields but for those that frame the body, each ended by CRLF
 * @param block what the body repeats until it is long enough, so that a long one takes little memory; not empty
 * @param length the body's, in bytes
 * @param announced whether the length is announced; otherwise the body comes in chunks (RFC 9112 §7.1)
 */
public record Page(String fields, byte[] block, long length, boolean announced) {}
