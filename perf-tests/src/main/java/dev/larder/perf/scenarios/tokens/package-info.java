/** A scenario that counts what an upstream charges for, and what a cache saves of it. */
@NullMarked
package dev.larder.perf.scenarios.tokens;

import org.jspecify.annotations.NullMarked;
