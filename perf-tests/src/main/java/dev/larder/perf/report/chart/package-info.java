/** Charts drawn as SVG, without any library. */
@NullMarked
package dev.larder.perf.report.chart;

import org.jspecify.annotations.NullMarked;
