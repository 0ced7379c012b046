package dev.larder.perf.limits;

import java.util.List;

/** One or more rows that are measured together. */
interface Comparison {
    /** Returns what the rows are called, in their order. */
    List<String> names();

    /**
     * Measures them.
     *
     * @throws LimitsException if a call failed or gave a wrong value
     */
    List<Row> run(Effort effort) throws Exception;
}
