/** An origin server on loopback that knows what it was asked. */
@NullMarked
package dev.larder.perf.upstream;

import org.jspecify.annotations.NullMarked;
