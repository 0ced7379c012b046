package dev.larder.perf.peers.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.cache.CacheConfig;
import org.apache.hc.client5.http.impl.cache.CachingHttpClientBuilder;
import org.apache.hc.client5.http.impl.cache.CachingHttpClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Apache HttpClient with its cache, whose defaults suffice but for the number of entries, and for that of connections: by
 * default five callers at most get one.
 */
public final class ApacheGetter implements Getter {
    /** As many connections to one host as there are callers at most. */
    static final int CONNECTIONS = 64;

    private static final int ENTRIES = 10_000;

    private final CloseableHttpClient client;

    private ApacheGetter(CachingHttpClientBuilder builder) {
        client = builder.setCacheConfig(
                        CacheConfig.custom().setMaxCacheEntries(ENTRIES).build())
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS)
                        .build())
                .build();
    }

    /** Returns a client that keeps everything in memory. */
    public static Getter inMemory() {
        return new ApacheGetter(CachingHttpClients.custom());
    }

    /** Returns a client that keeps bodies as files, and what they belong to in memory. */
    public static Getter inFiles(Path directory) {
        return new ApacheGetter(CachingHttpClients.custom().setCacheDir(directory.toFile()));
    }

    @Override
    public Get prepare(URI uri) {
        // A request of Apache's belongs to one call: it can be cancelled.
        return () -> send(new HttpGet(uri));
    }

    @Override
    public Get prepareFromCache(URI uri) {
        return () -> {
            HttpGet get = new HttpGet(uri);
            get.addHeader(HttpHeaders.CACHE_CONTROL, "only-if-cached");
            return send(get);
        };
    }

    @Override
    public Get preparePost(URI uri, byte[] body) {
        return () -> {
            HttpPost post = new HttpPost(uri);
            post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
            return send(post);
        };
    }

    private byte[] send(ClassicHttpRequest request) throws IOException {
        return client.execute(request, response -> {
            Getter.check(response.getCode());
            return EntityUtils.toByteArray(response.getEntity());
        });
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
