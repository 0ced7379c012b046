package dev.larder.perf.limits;

import dev.larder.perf.suite.EchoAnswers;
import dev.larder.perf.suite.SharedClient;
import dev.larder.perf.upstream.Answers;
import dev.larder.perf.upstream.Pages;
import dev.larder.perf.upstream.Upstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An upstream and the bare client that calls it, started when they are first needed. */
final class Origin implements AutoCloseable {
    private final Supplier<Upstream> start;
    private @Nullable Upstream upstream;
    private @Nullable HttpClient client;

    /** @param delay how long the upstream takes for each answer to a POST */
    Origin(Duration delay) {
        this(() -> Upstream.start("application/octet-stream", echo(delay)));
    }

    private Origin(Supplier<Upstream> start) {
        this.start = start;
    }

    /** Returns an origin that has {@code pages}. */
    static Origin of(Pages pages) {
        return new Origin(() -> Upstream.serve(pages));
    }

    URI uri() {
        return uri("/v1/answers");
    }

    URI uri(String path) {
        return upstream().uri().resolve(path);
    }

    /** Returns how many calls have reached the upstream. */
    long calls() {
        return upstream().calls();
    }

    /** Returns the bare client, the same one each time: its connections are warm. */
    HttpClient client() {
        if (client == null) {
            client = SharedClient.open();
        }
        return client;
    }

    private Upstream upstream() {
        if (upstream == null) {
            upstream = start.get();
        }
        return upstream;
    }

    private static Answers echo(Duration delay) {
        Answers echo = new EchoAnswers();
        if (delay.isZero()) {
            return echo;
        }
        return body -> {
            Thread.sleep(delay.toMillis());
            return echo.to(body);
        };
    }

    @Override
    public void close() {
        if (upstream != null) {
            upstream.close();
        }
    }
}
