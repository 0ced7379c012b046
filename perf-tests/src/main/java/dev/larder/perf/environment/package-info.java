/** What figures depend on beside the code: {@link dev.larder.perf.environment.Environment} is what a run says of it. */
@NullMarked
package dev.larder.perf.environment;

import org.jspecify.annotations.NullMarked;
