package dev.larder.perf.report.data;

/**
 * What somebody can or cannot do, tried out.
 *
 * @param who a store or a client
 * @param what was tried
 * @param verdict what came of it
 * @param evidence by which that is known
 */
public record Probe(String who, String what, String verdict, String evidence) {
    /** The scenario that probes appear under among the results. */
    public static final String SCENARIO = "probe";

    static Probe of(Fields fields) throws BadResultsException {
        return new Probe(
                fields.text("store"),
                fields.text("probe", ""),
                fields.text("verdict", ""),
                fields.text("evidence", ""));
    }
}
