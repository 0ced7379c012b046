/** The report as one HTML file that asks nobody for anything. */
@NullMarked
package dev.larder.perf.report.html;

import org.jspecify.annotations.NullMarked;
