package dev.larder.perf.limits;

import java.util.List;

/** One or more rows that are measured together. */
interface Comparison {
    /** Returns what the rows are called, in their order. */
    List<String> names();

    /** Returns of how many steps the progress is told. */
    int steps(Order order);

    /**
     * Measures rows.
     *
     * @return those that are wanted; empty if none is
     * @throws LimitsException if a call failed or gave a wrong value
     */
    List<Row> run(Order order) throws Exception;
}
