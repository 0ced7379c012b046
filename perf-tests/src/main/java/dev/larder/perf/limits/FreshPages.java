package dev.larder.perf.limits;

import dev.larder.perf.suite.SplitMix;
import dev.larder.perf.upstream.Page;

/** Numbered pages of 1 KiB that stay fresh for longer than anything is measured. */
final class FreshPages {
    static final String FIELDS = "Content-Type: application/octet-stream\r\nCache-Control: max-age=3600\r\n";

    private static final String PREFIX = "/pages/";
    private static final int LENGTH = 1024;

    private FreshPages() {}

    static Origin origin() {
        return Origin.of(
                path -> new Page(FIELDS, body(Integer.parseInt(path.substring(PREFIX.length()))), LENGTH, true));
    }

    /** Returns where the page of this number is. */
    static String path(int number) {
        return PREFIX + number;
    }

    /** Returns what the page of this number says. */
    static byte[] body(int number) {
        return SplitMix.bytes(number, LENGTH);
    }
}
