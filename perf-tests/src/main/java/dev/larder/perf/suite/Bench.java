package dev.larder.perf.suite;

import dev.larder.perf.upstream.Upstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What all cells of a run share: an upstream, a bare client with warm connections to it, and a place on disk. */
final class Bench implements AutoCloseable {
    private final Upstream upstream = Upstream.start("application/octet-stream", new EchoAnswers());
    private final HttpClient bareClient = SharedClient.open();
    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final AtomicInteger sites = new AtomicInteger();
    // A spec may name a file that earlier runs have filled: their answers must not be found by this one.
    private final String run = UUID.randomUUID().toString();

    Upstream upstream() {
        return upstream;
    }

    URI uri() {
        return upstream.uri().resolve("/v1/answers");
    }

    HttpClient bareClient() {
        return bareClient;
    }

    Path directory() {
        return directory.path();
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
