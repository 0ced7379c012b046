/** Not for users of the store: what other libraries must be able to reach. */
@NullMarked
package dev.larder.cache.sqlite.internal;

import org.jspecify.annotations.NullMarked;
