/**
 * What stores and clients can do, asked of each by doing it: keep a POST's answer, share a directory between processes,
 * survive a kill, survive a damaged byte.
 */
@NullMarked
package dev.larder.perf.peers.probes;

import org.jspecify.annotations.NullMarked;
