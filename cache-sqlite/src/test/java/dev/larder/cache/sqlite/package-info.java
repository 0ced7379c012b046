@NullMarked
package dev.larder.cache.sqlite;

import org.jspecify.annotations.NullMarked;
