/**
 * Puts a {@linkplain dev.larder.cache.CacheStore store} between a program and its {@link java.net.http.HttpClient}.
 *
 * <p>{@link dev.larder.transport.CachingHttpClient} is the client, {@link dev.larder.transport.CacheRule} says what it
 * may keep and for how long, and a {@link dev.larder.transport.CacheListener} hears what it did and why.
 */
@NullMarked
package dev.larder.transport;

import org.jspecify.annotations.NullMarked;
