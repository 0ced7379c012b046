package dev.larder.transport;

/** Lengths of time as HTTP writes them (RFC 9111 §1.2.2). */
final class DeltaSeconds {
    /** What values beyond it count as: over 68 years. */
    static final long LARGEST = 1L << 31;

    /** What a text that is no number of seconds parses to. */
    static final long INVALID = -1;

    private DeltaSeconds() {}

    /** Returns the number that {@code text} is between two indices, {@link #LARGEST} at most, or {@link #INVALID}. */
    static long parse(String text, int from, int to) {
        if (from >= to) {
            return INVALID;
        }
        long seconds = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!FieldList.isDigit(c)) {
                return INVALID;
            }
            seconds = Math.min(LARGEST, seconds * 10 + (c - '0'));
        }
        return seconds;
    }
}
