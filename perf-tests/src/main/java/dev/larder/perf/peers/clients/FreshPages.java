package dev.larder.perf.peers.clients;

import dev.larder.perf.suite.SplitMix;
import dev.larder.perf.upstream.Page;

/** Numbered pages of 1 KiB that stay fresh for longer than anything is measured. */
public final class FreshPages {
    /** The header fields of each. */
    public static final String FIELDS = "Content-Type: application/octet-stream\r\nCache-Control: max-age=3600\r\n";

    private static final String PREFIX = "/pages/";
    private static final int LENGTH = 1024;

    private FreshPages() {}

    /** Returns the page that is at {@code path}. */
    public static Page at(String path) {
        return new Page(FIELDS, body(Integer.parseInt(path.substring(PREFIX.length()))), LENGTH, true);
    }

    /** Returns where the page of this number is. */
    public static String path(int number) {
        return PREFIX + number;
    }

    /** Returns what the page of this number says. */
    public static byte[] body(int number) {
        return SplitMix.bytes(number, LENGTH);
    }
}
