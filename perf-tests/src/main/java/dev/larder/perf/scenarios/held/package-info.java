/** Scenarios about what is held: by a store that is used over and over, and open while a store is used. */
@NullMarked
package dev.larder.perf.scenarios.held;

import org.jspecify.annotations.NullMarked;
