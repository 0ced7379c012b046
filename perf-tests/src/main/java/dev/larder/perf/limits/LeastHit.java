package dev.larder.perf.limits;

import com.github.benmanes.caffeine.cache.Cache;
import dev.larder.cache.CacheKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The least that a hit can be: the request's body and URI are hashed, the answer is looked up and fed to the caller's
 * body handler. Nothing is told apart, counted or judged. One caller's: it has a hasher of its own.
 */
final class LeastHit {
    private static final HttpResponse.BodyHandler<byte[]> HANDLER = HttpResponse.BodyHandlers.ofByteArray();
    private static final HttpResponse.ResponseInfo INFO = new HttpResponse.ResponseInfo() {
        private final HttpHeaders headers =
                HttpHeaders.of(Map.of("Content-Type", List.of("application/octet-stream")), (name, value) -> true);

        @Override
        public int statusCode() {
            return 200;
        }

        @Override
        public HttpHeaders headers() {
            return headers;
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    };
    private static final Flow.Subscription NOTHING_TO_ASK = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private final Cache<CacheKey, byte[]> answers;
    private final MessageDigest hasher;
    private final byte[] digest = new byte[CacheKey.LENGTH];

    LeastHit(Cache<CacheKey, byte[]> answers) throws NoSuchAlgorithmException {
        this.answers = answers;
        this.hasher = MessageDigest.getInstance("SHA-256");
    }

    /** Returns under which key the answer to a request is kept. */
    CacheKey key(URI uri, byte[] requestBody) throws DigestException {
        hasher.update(requestBody);
        hasher.update(uri.toString().getBytes(StandardCharsets.ISO_8859_1));
        hasher.digest(digest, 0, digest.length);
        return CacheKey.of(digest);
    }

    /** Returns what the body handler made of the answer, or null if there is none. */
    byte @Nullable [] get(URI uri, byte[] requestBody) throws DigestException {
        byte[] answer = answers.getIfPresent(key(uri, requestBody));
        if (answer == null) {
            return null;
        }
        HttpResponse.BodySubscriber<byte[]> subscriber = HANDLER.apply(INFO);
        subscriber.onSubscribe(NOTHING_TO_ASK);
        subscriber.onNext(List.of(ByteBuffer.wrap(answer)));
        subscriber.onComplete();
        return subscriber.getBody().toCompletableFuture().join();
    }
}
