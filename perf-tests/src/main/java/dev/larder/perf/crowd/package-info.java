/** A server for very many connections that stay open, and what it takes to hold them. */
@NullMarked
package dev.larder.perf.crowd;

import org.jspecify.annotations.NullMarked;
