/**
 * Scenarios whose calls are all alike, POSTs through a client that caches, every other one for an answer that is kept
 * already, and which differ in when the calls are made and what is looked at.
 */
@NullMarked
package dev.larder.perf.scenarios.calls;

import org.jspecify.annotations.NullMarked;
