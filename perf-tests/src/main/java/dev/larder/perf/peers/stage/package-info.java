/** The scenario {@code peers}: our stores and clients beside those of others, in one run. */
@NullMarked
package dev.larder.perf.peers.stage;

import org.jspecify.annotations.NullMarked;
