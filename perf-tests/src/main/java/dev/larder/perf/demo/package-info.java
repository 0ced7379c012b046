/** The tour: calls that a slow upstream never sees, because larder has kept their answers. */
@NullMarked
package dev.larder.perf.demo;

import org.jspecify.annotations.NullMarked;
