/**
 * The store SPI of larder: keys, entries, deadlines, and the one interface that every store implements.
 *
 * <p>Read {@link dev.larder.cache.CacheStore} first. It speaks of a {@link dev.larder.cache.CacheKey}, a
 * {@link dev.larder.cache.CacheEntry} and a {@link dev.larder.cache.Deadline}; {@link dev.larder.cache.CacheStores}
 * opens a store from a line of text. Stores know nothing of HTTP: they keep bytes until an instant.
 */
@NullMarked
package dev.larder.cache;

import org.jspecify.annotations.NullMarked;
