package dev.larder.perf.peers.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import okhttp3.Cache;
import okhttp3.CacheControl;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * OkHttp with its cache, which is on disk: there is no other. Its pool keeps a connection for each caller, as the other
 * clients' do.
 */
public final class OkHttpGetter implements Getter {
    private static final long BYTES = 64L << 20;

    private final Cache cache;
    private final OkHttpClient client;

    /** Makes a client with its cache in {@code directory}. */
    public OkHttpGetter(Path directory) {
        cache = new Cache(directory.toFile(), BYTES);
        client = new OkHttpClient.Builder()
                .cache(cache)
                .connectionPool(new ConnectionPool(ApacheGetter.CONNECTIONS, 1, TimeUnit.MINUTES))
                .build();
    }

    @Override
    public Get prepare(URI uri) {
        return send(new Request.Builder().url(uri.toString()).build());
    }

    @Override
    public Get prepareFromCache(URI uri) {
        return send(new Request.Builder()
                .url(uri.toString())
                .cacheControl(new CacheControl.Builder().onlyIfCached().build())
                .build());
    }

    @Override
    public Get preparePost(URI uri, byte[] body) {
        return send(new Request.Builder()
                .url(uri.toString())
                .post(RequestBody.create(body))
                .build());
    }

    private Get send(Request request) {
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
        client.dispatcher().executorService().shutdown();
        cache.close();
    }
}
