/**
 * The libraries that a program would keep its entries in if it did not use ours, as stores of the same contract, to be
 * measured beside ours. For the bench alone; none is published or found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.larder.perf.peers;

import org.jspecify.annotations.NullMarked;
