package dev.larder.perf.limits;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.cache.CacheConfig;
import org.apache.hc.client5.http.impl.cache.CachingHttpClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient with its cache in memory, whose defaults suffice but for the number of entries. */
final class ApacheGetter implements Getter {
    private static final int ENTRIES = 10_000;

    private final CloseableHttpClient client = CachingHttpClients.custom()
            .setCacheConfig(CacheConfig.custom().setMaxCacheEntries(ENTRIES).build())
            .build();

    @Override
    public Get prepare(URI uri) {
        // A request of Apache's belongs to one call: it can be cancelled.
        return () -> client.execute(new HttpGet(uri), response -> {
            Getter.check(response.getCode());
            return EntityUtils.toByteArray(response.getEntity());
        });
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
