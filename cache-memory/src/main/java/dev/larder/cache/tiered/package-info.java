/**
 * Tiers: a near store in front of a far one.
 *
 * <p>{@link dev.larder.cache.tiered.TieredCacheStore} combines any two stores, and so any number. In a store spec it is
 * a list, nearest first: {@code memory:,sqlite:/var/lib/app/http.db}.
 */
@NullMarked
package dev.larder.cache.tiered;

import org.jspecify.annotations.NullMarked;
