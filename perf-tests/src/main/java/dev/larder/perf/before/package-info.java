/**
 * The baseline: a SQLite store in the shape that programs begin with, to be measured beside ours. For the bench alone;
 * it is neither published nor found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.larder.perf.before;

import org.jspecify.annotations.NullMarked;
