package dev.larder.transport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a Range field asks for, before the length of the representation is known (RFC 9110 §14.1 and §14.2).
 *
 * <p>A field that is invalid, or asks for so much that it looks like an attack (§17.15), is as good as absent: the whole
 * is served.
 */
final class RangeRequest {
    // §14.2 lets servers ignore "a set of many small ranges".
    private static final int MOST_RANGES = 32;
    // §14.2: "more than two overlapping ranges"
    private static final int MOST_OVERLAPS = 2;
    // §15.3.7.2: what a part costs beside its bytes; filling a smaller gap is cheaper.
    private static final int PART_BYTES = 80;

    // Pairs of first and last; -1 and a number of bytes for a suffix; first and Long.MAX_VALUE without a last.
    private final long[] specs;

    private RangeRequest(long[] specs) {
        this.specs = specs;
    }

    /** Returns what the lines of a Range field ask for, or null if the field is to be ignored. */
    static @Nullable RangeRequest of(List<String> lines) {
        if (lines.size() != 1) {
            return null;
        }
        String line = FieldList.trim(lines.get(0));
        if (!line.regionMatches(true, 0, "bytes=", 0, 6)) {
            return null;
        }
        long[] specs = new long[2 * MOST_RANGES];
        int count = 0;
        int end;
        for (int start = 6; start < line.length(); start = end + 1) {
            end = line.indexOf(',', start);
            end = end < 0 ? line.length() : end;
            int from = FieldList.skipSpace(line, start, end);
            int to = FieldList.trimEnd(line, from, end);
            if (from == to) {
                continue;
            }
            if (count == specs.length || !addSpec(specs, count, line, from, to)) {
                return null;
            }
            count += 2;
        }
        if (count == 0) {
            return null;
        }
        long[] exact = new long[count];
        System.arraycopy(specs, 0, exact, 0, count);
        return new RangeRequest(exact);
    }

    /**
     * Returns the ranges to serve of a representation of {@code length} bytes, in the order they were asked for; those
     * that overlap, or have next to nothing between them, as one. Empty if there are none (416); null if the request is
     * better answered with the whole.
     */
    @Nullable
    List<ByteRange> resolve(long length) {
        // §14.2: without content, the field may be ignored; no Content-Range could describe nothing.
        if (length == 0) {
            return null;
        }
        List<ByteRange> ranges = new ArrayList<>(specs.length / 2);
        int overlaps = 0;
        for (int i = 0; i < specs.length; i += 2) {
            ByteRange range = range(specs[i], specs[i + 1], length);
            if (range != null) {
                overlaps += add(ranges, range);
            }
        }
        return overlaps > MOST_OVERLAPS ? null : ranges;
    }

    /**
     * Returns the ranges to serve of a stored part, as {@link #resolve} does; null if the part has not all of them
     * (RFC 9111 §3.3).
     *
     * @param completeLength the length of the whole, or -1 if unknown
     */
    @Nullable
    List<ByteRange> resolveWithin(ByteRange stored, long completeLength) {
        if (completeLength < 0 && !isBounded()) {
            return null;
        }
        List<ByteRange> ranges = resolve(completeLength < 0 ? Long.MAX_VALUE : completeLength);
        if (ranges == null || ranges.isEmpty()) {
            return null;
        }
        for (int i = 0; i < ranges.size(); i++) {
            if (!stored.contains(ranges.get(i))) {
                return null;
            }
        }
        return ranges;
    }

    /**
     * Returns the one range that the lines of a Range field ask for; null if they ask for several, for none that there
     * is, or for one whose bytes nobody knows.
     *
     * @param completeLength the length of the whole, or -1 if unknown
     */
    static @Nullable ByteRange single(List<String> lines, long completeLength) {
        RangeRequest wanted = of(lines);
        if (wanted == null || (completeLength < 0 && !wanted.isBounded())) {
            return null;
        }
        List<ByteRange> ranges = wanted.resolve(completeLength < 0 ? Long.MAX_VALUE : completeLength);
        return ranges == null || ranges.size() != 1 ? null : ranges.get(0);
    }

    /** Returns the number between two indices, {@link Long#MAX_VALUE} if it is larger; -1 if there is none. */
    static long number(String text, int from, int to) {
        if (from >= to) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!FieldList.isDigit(c)) {
                return -1;
            }
            int digit = c - '0';
            number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
        }
        return number;
    }

    private static boolean addSpec(long[] specs, int at, String line, int from, int to) {
        int dash = line.indexOf('-', from);
        if (dash < 0 || dash >= to) {
            return false;
        }
        boolean suffix = dash == from;
        boolean open = dash == to - 1;
        if (suffix && open) {
            return false;
        }
        specs[at] = suffix ? -1 : number(line, from, dash);
        specs[at + 1] = open ? Long.MAX_VALUE : number(line, dash + 1, to);
        // §14.1.1: a last before the first makes the whole set invalid.
        return specs[at + 1] >= 0 && (suffix || (specs[at] >= 0 && specs[at] <= specs[at + 1]));
    }

    private static @Nullable ByteRange range(long first, long last, long length) {
        if (first < 0) {
            return last == 0 ? null : new ByteRange(Math.max(0, length - last), length - 1);
        }
        return first >= length ? null : new ByteRange(first, Math.min(last, length - 1));
    }

    /** Adds a range, joined with those it touches; returns how many of them it overlaps. */
    private static int add(List<ByteRange> ranges, ByteRange range) {
        ByteRange joined = range;
        int place = ranges.size();
        int overlaps = 0;
        for (int i = ranges.size() - 1; i >= 0; i--) {
            ByteRange other = ranges.get(i);
            if (joined.isWithin(PART_BYTES, other)) {
                overlaps += range.first() <= other.last() && other.first() <= range.last() ? 1 : 0;
                joined = joined.span(other);
                ranges.remove(i);
                place = Math.min(place, i);
                // What has grown may touch those that were passed already.
                i = ranges.size();
            }
        }
        ranges.add(place, joined);
        return overlaps;
    }

    private boolean isBounded() {
        for (int i = 0; i < specs.length; i += 2) {
            if (specs[i] < 0 || specs[i + 1] == Long.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }
}
