/**
 * HTTP clients that keep answers: ours, and those of others that a program would use if it did not use ours. For the bench
 * alone.
 */
@NullMarked
package dev.larder.perf.peers.clients;

import org.jspecify.annotations.NullMarked;
