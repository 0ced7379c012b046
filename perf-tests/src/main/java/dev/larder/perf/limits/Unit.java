package dev.larder.perf.limits;

/** In what a figure is counted. */
public enum Unit {
    /** Calls in a second. */
    PER_SECOND("1/s"),
    /** Seconds for a call. */
    SECONDS("s"),
    /** Bytes for a call. */
    BYTES("bytes"),
    /** A part of something, 1 being the whole. */
    SHARE("share");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /** Returns what stands for the unit in reports. */
    public String symbol() {
        return symbol;
    }
}
