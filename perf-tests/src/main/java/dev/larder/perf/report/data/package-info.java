/** What result files hold, read back from their JSON. */
@NullMarked
package dev.larder.perf.report.data;

import org.jspecify.annotations.NullMarked;
