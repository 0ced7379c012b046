package dev.larder.perf.limits;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import okhttp3.Cache;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp with its cache, which is on disk: there is no other. */
final class OkHttpGetter implements Getter {
    private static final long BYTES = 64L << 20;

    private final Cache cache;
    private final OkHttpClient client;

    OkHttpGetter(Path directory) {
        cache = new Cache(directory.toFile(), BYTES);
        client = new OkHttpClient.Builder().cache(cache).build();
    }

    @Override
    public Get prepare(URI uri) {
        Request request = new Request.Builder().url(uri.toString()).build();
        return () -> {
            try (Response response = client.newCall(request).execute()) {
                Getter.check(response.code());
                return response.body().bytes();
            }
        };
    }

    @Override
    public void close() throws IOException {
        client.connectionPool().evictAll();
        cache.close();
    }
}
