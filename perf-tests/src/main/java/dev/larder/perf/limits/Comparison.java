package dev.larder.perf.limits;

import java.util.List;
import java.util.function.Predicate;

/** One or more rows that are measured together. */
interface Comparison {
    /** Returns what the rows are called, in their order. */
    List<String> names();

    /**
     * Measures rows.
     *
     * @param wanted which of the rows are to be returned, by name; others need not be measured
     * @throws LimitsException if a call failed or gave a wrong value
     */
    List<Row> run(Effort effort, Predicate<String> wanted) throws Exception;
}
