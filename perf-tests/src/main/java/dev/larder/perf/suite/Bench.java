package dev.larder.perf.suite;

import dev.larder.perf.upstream.Upstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What all cells of a run share: an upstream, a bare client with warm connections to it, and a place on disk. */
final class Bench implements AutoCloseable {
    static {
        // Once in some hundred thousand calls the JDK's client finds that a connection which it reuses has ended, and
        // sends a GET again but not a POST. This hides nothing: a call that reaches the upstream twice counts twice.
        if (System.getProperty("jdk.httpclient.enableAllMethodRetry") == null) {
            System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
        }
    }

    private final Upstream upstream = Upstream.start("application/octet-stream", new EchoAnswers());
    private final HttpClient bareClient = new SharedClient(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
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
