/** A scenario about what callers of a store share and may have to wait for, whatever that is, seen from outside. */
@NullMarked
package dev.larder.perf.scenarios.pool;

import org.jspecify.annotations.NullMarked;
