package dev.larder.perf.report.data;

/**
 * What a micro benchmark gave.
 *
 * @param benchmark its name
 * @param store over which store; empty if over none
 * @param nanosPerOp how long one operation takes
 * @param error half the width of the confidence interval around that
 * @param bytesPerOp how much one operation allocates; negative if that is not known
 */
public record Micro(String benchmark, String store, double nanosPerOp, double error, double bytesPerOp) {
    static Micro of(Fields fields) throws BadResultsException {
        return new Micro(
                fields.text("benchmark"),
                fields.text("store", ""),
                fields.number("nanosPerOp"),
                fields.number("error", 0),
                fields.number("bytesPerOp", -1));
    }
}
