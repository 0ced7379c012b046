package dev.larder.perf.limits;

import com.github.mizosoft.methanol.HttpCache;
import com.github.mizosoft.methanol.Methanol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client with a cache that is called as the JDK's own is. */
final class JdkGetter implements Getter {
    private static final long BYTES = 64L << 20;

    private final HttpClient client;
    private final Closing closing;

    private interface Closing {
        void close() throws IOException;
    }

    private JdkGetter(HttpClient client, Closing closing) {
        this.client = client;
        this.closing = closing;
    }

    static JdkGetter larder(HttpClient bareClient) {
        MemoryClient cached = MemoryClient.forGets(bareClient);
        return new JdkGetter(cached.client(), cached::close);
    }

    static JdkGetter methanol() {
        HttpCache cache = HttpCache.newBuilder().cacheOnMemory(BYTES).build();
        return new JdkGetter(Methanol.newBuilder().cache(cache).build(), cache::close);
    }

    @Override
    public Get prepare(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return () -> {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Getter.check(response.statusCode());
            return response.body();
        };
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
