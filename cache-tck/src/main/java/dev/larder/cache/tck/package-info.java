/**
 * The contract kit: tells the author of a {@link dev.larder.cache.CacheStore} whether the store keeps the contract.
 *
 * <p>Extend {@link dev.larder.cache.tck.CacheStoreContract} by one class that returns a
 * {@link dev.larder.cache.tck.StoreFixture}, and run it as any JUnit test. {@link dev.larder.cache.tck.FaultyStore}
 * is for those who build on stores and want to see theirs fail.
 */
@NullMarked
package dev.larder.cache.tck;

import org.jspecify.annotations.NullMarked;
