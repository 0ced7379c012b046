/**
 * Where the time of a run goes: {@link dev.larder.perf.profile.Recording} has the JVM record it, {@link
 * dev.larder.perf.profile.Profile} is what that says of one row.
 */
@NullMarked
package dev.larder.perf.profile;

import org.jspecify.annotations.NullMarked;
