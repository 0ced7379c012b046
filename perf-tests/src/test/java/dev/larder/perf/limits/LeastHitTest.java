package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.cache.CacheKey;
import java.net.URI;
import org.junit.jupiter.api.Test;

class LeastHitTest {
    private static final URI HERE = URI.create("http://127.0.0.1/here");
    private static final URI THERE = URI.create("http://127.0.0.1/there");

    @Test
    void answersDependOnUriAndBody() throws Exception {
        Cache<CacheKey, byte[]> answers = Caffeine.newBuilder().build();
        LeastHit hit = new LeastHit(answers);
        answers.put(hit.key(HERE, new byte[] {1}), new byte[] {2, 3});

        assertThat(hit.get(HERE, new byte[] {1})).containsExactly(2, 3);
        assertThat(hit.get(HERE, new byte[] {2})).isNull();
        assertThat(hit.get(THERE, new byte[] {1})).isNull();
        assertThat(hit.get(HERE, new byte[] {1})).containsExactly(2, 3);
    }
}
