package dev.larder.perf.limits;

import java.util.List;
import java.util.function.Consumer;

/** One or more rows that are measured together. */
interface Comparison {
    /** Returns what the rows are called, in their order. */
    List<String> names();

    /** Returns of how many steps the progress is told. */
    int steps(Order order);

    /**
     * Measures rows.
     *
     * @param rows is given those that are wanted, each as soon as it is measured: what comes after it may be interrupted
     * @throws InterruptedException if this thread is interrupted
     * @throws LimitsException if a call failed or gave a wrong value
     */
    void run(Order order, Consumer<Row> rows) throws Exception;
}
