/**
 * A store in one SQLite file, which any number of threads and several processes may share.
 *
 * <p>{@link dev.larder.cache.sqlite.SqliteCacheStore} is the store, and all there is to use. Inside, data flows one
 * way: the store checks arguments and deadlines; {@code SqliteReaders} lends read-only connections; {@code
 * SqliteWriter} owns the one connection that writes and commits in groups what waits in {@code WriteQueue}.
 */
@NullMarked
package dev.larder.cache.sqlite;

import org.jspecify.annotations.NullMarked;
