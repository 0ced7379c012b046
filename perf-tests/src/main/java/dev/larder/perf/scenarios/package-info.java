/**
 * The scenarios of the load suite: {@link dev.larder.perf.scenarios.Scenarios} lists them, each is a {@link
 * dev.larder.perf.suite.Shape} with what must come of it. Those on HTTP send through a client that caches, those on
 * entries call the store itself.
 */
@NullMarked
package dev.larder.perf.scenarios;

import org.jspecify.annotations.NullMarked;
