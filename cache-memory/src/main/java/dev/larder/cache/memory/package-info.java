/**
 * The store in memory.
 *
 * <p>{@link dev.larder.cache.memory.MemoryCacheStore} keeps entries on the heap, within a bound in bytes. In a store
 * spec it is {@code memory:?maxBytes=64MiB}.
 */
@NullMarked
package dev.larder.cache.memory;

import org.jspecify.annotations.NullMarked;
