package dev.larder.perf.micro;

import dev.larder.cache.CacheKey;
import dev.larder.perf.suite.SplitMix;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Makes the key of a URI and a body of 1 KiB, as a program does that uses a store without the client. */
@State(Scope.Thread)
public class KeyBenchmark {
    // Not final, as JMH wants them: what never changes is computed once.
    private byte[] uri = "https://api.example.org/v1/embeddings?model=small".getBytes(StandardCharsets.UTF_8);
    private byte[] body = SplitMix.bytes(1, 1024);
    private CacheKey expected = CacheKey.sha256(uri, body);

    /** For JMH. */
    public KeyBenchmark() {}

    /** Makes it. */
    @Benchmark
    public CacheKey hash() {
        CacheKey key = CacheKey.sha256(uri, body);
        if (!key.equals(expected)) {
            throw new WrongAnswerException("the key of the same is another one");
        }
        return key;
    }
}
