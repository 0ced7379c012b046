package dev.larder.perf.suite;

import dev.larder.cache.CacheStore;
import dev.larder.perf.upstream.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What all cells of a run share: an upstream, a bare client with warm connections to it, and a place on disk. */
public final class Bench implements AutoCloseable {
    private final Upstream upstream = Upstream.start("application/octet-stream", new EchoAnswers());
    private final HttpClient bareClient = SharedClient.openNumbered();
    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final AtomicInteger sites = new AtomicInteger();
    // A spec may name a file that earlier runs have filled: their answers must not be found by this one.
    private final String run = UUID.randomUUID().toString();

    /** Returns the upstream, which answers at once. */
    public Upstream upstream() {
        return upstream;
    }

    private URI uri() {
        return upstream.uri().resolve("/v1/answers");
    }

    /** Returns a client that caches nothing and has warm connections to the upstream. */
    public HttpClient bareClient() {
        return bareClient;
    }

    /**
     * Returns a new and empty directory, which is erased after the run.
     *
     * @throws UncheckedIOException if it cannot be made
     */
    public Path newDirectory() {
        try {
            return Files.createTempDirectory(directory.path(), "store-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory for a store", e);
        }
    }

    /** Returns a client that caches in a new store, in front of the upstream. */
    public Site site(StoreChoice choice) {
        return site(choice, uri());
    }

    /** Returns a client that caches in a new store, and calls {@code uri}. */
    public Site site(StoreChoice choice, URI uri) {
        return new Site(this, choice.open(newDirectory()), uri, Site.PATIENT);
    }

    /** Returns a client that caches in {@code store}, which the site closes, in front of the upstream. */
    public Site site(CacheStore store) {
        return new Site(this, store, uri(), Site.PATIENT);
    }

    /**
     * Returns a client that caches in {@code store}, which the site closes, with the time that a client gives to its
     * store unless it is told otherwise: what a store costs that is slow or broken shows, and the counts of calls
     * depend on how fast the machine is.
     */
    public Site impatientSite(CacheStore store) {
        return new Site(this, store, uri(), null);
    }

    /** Returns a name that no site of any run has had. */
    String nextSiteName() {
        return run + "-" + sites.incrementAndGet();
    }

    @Override
    public void close() {
        upstream.close();
        directory.close();
    }
}
