/** The report as Markdown, for a pull request. */
@NullMarked
package dev.larder.perf.report.markdown;

import org.jspecify.annotations.NullMarked;
