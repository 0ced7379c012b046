/** What a report says, in which order, whatever it is written as. */
@NullMarked
package dev.larder.perf.report.content;

import org.jspecify.annotations.NullMarked;
