/** The one writer of HTML and SVG. */
@NullMarked
package dev.larder.perf.report.markup;

import org.jspecify.annotations.NullMarked;
