package dev.larder.docs;

import dev.larder.cache.CacheStore;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.time.Duration;

/** Clients that do not go upstream because a busy machine keeps the store waiting. */
final class Patience {
    static final Duration BUDGET = Duration.ofSeconds(20);

    private Patience() {}

    static CachingHttpClient clientOn(CacheStore store) {
        return CachingHttpClient.newBuilder()
                .store(store)
                .rule(CacheRule.post().ttl(Duration.ofDays(30)))
                .rule(CacheRule.get().ttl(Duration.ofDays(30)))
                .cacheBudget(BUDGET)
                .build();
    }
}
