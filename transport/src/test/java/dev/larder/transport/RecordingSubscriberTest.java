package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How demand travels through a recording, step by step. */
final class RecordingSubscriberTest {
    private static final int LIMIT = 10;

    private final CacheStore store = CacheStores.open("memory:");
    private final Flight flight = new Flight(false);
    private final Source source = new Source();
    private final Sink sink = new Sink();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void takesTheBodyAsFastAsItComesWhileItRecords() {
        HttpResponse.BodySubscriber<String> subscriber = recording(headers());
        subscriber.onSubscribe(source);
        assertThat(source.requested).isEqualTo(1);
        subscriber.onNext(part(4));
        assertThat(source.requested).isEqualTo(2);
        assertThat(sink.received).isZero();
        subscriber.onComplete();
        assertThat(isRecorded()).isTrue();
        assertThat(sink.completed).isFalse();
        sink.subscription.request(1);
        assertThat(sink.received).isEqualTo(4);
        assertThat(sink.completed).isTrue();
    }

    @Test
    void asksForAllOfAnAnnouncedBodyAtOnce() {
        recording(headers("Content-Length", "10")).onSubscribe(source);
        assertThat(source.requested).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void leavesThePaceToTheCallerBeyondTheLimit() {
        HttpResponse.BodySubscriber<String> subscriber = recording(headers());
        subscriber.onSubscribe(source);
        subscriber.onNext(part(6));
        subscriber.onNext(part(6));
        assertThat(flight.outcome()).isCompletedWithValue(new Flight.Released());
        assertThat(source.requested).isEqualTo(2);
        sink.subscription.request(2);
        assertThat(sink.received).isEqualTo(12);
        assertThat(source.requested).isEqualTo(2);
        sink.subscription.request(3);
        assertThat(source.requested).isEqualTo(5);
        subscriber.onNext(part(1));
        assertThat(sink.received).isEqualTo(13);
        assertThat(source.requested).isEqualTo(5);
        subscriber.onComplete();
        assertThat(sink.completed).isTrue();
    }

    @Test
    void cancelsTheUpstreamWhenTheOnlyCallerStops() {
        HttpResponse.BodySubscriber<String> subscriber = recording(headers());
        subscriber.onSubscribe(source);
        sink.subscription.cancel();
        assertThat(source.cancelled).isTrue();
        assertThat(flight.outcome()).isCompletedWithValue(new Flight.HandedOver(false));
    }

    @Test
    void goesOnForFollowersWhenTheCallerStops() {
        HttpResponse.BodySubscriber<String> subscriber = recording(headers());
        subscriber.onSubscribe(source);
        assertThat(flight.join()).isTrue();
        sink.subscription.cancel();
        assertThat(source.cancelled).isFalse();
        subscriber.onNext(part(4));
        subscriber.onComplete();
        assertThat(isRecorded()).isTrue();
        assertThat(sink.received).isZero();
    }

    @Test
    void cancelsTheUpstreamWhenTheCallerStopsBeyondTheLimit() {
        HttpResponse.BodySubscriber<String> subscriber = recording(headers());
        subscriber.onSubscribe(source);
        subscriber.onNext(part(11));
        sink.subscription.cancel();
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void aCallerThatThrowsStopsNobodyElse() {
        sink.failure = new IllegalStateException("caller");
        HttpResponse.BodySubscriber<String> subscriber = recording(headers());
        subscriber.onSubscribe(source);
        assertThat(flight.join()).isTrue();
        sink.subscription.request(1);
        subscriber.onNext(part(4));
        assertThat(sink.error).isSameAs(sink.failure);
        subscriber.onComplete();
        assertThat(isRecorded()).isTrue();
    }

    @Test
    void demandThatIsNotPositiveIsAnError() {
        HttpResponse.BodySubscriber<String> subscriber = recording(headers());
        subscriber.onSubscribe(source);
        sink.subscription.request(0);
        assertThat(sink.error).isInstanceOf(IllegalArgumentException.class);
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void keepsNothingShorterThanAnnounced() {
        HttpResponse.BodySubscriber<String> subscriber = recording(headers("Content-Length", "10"));
        subscriber.onSubscribe(source);
        subscriber.onNext(part(4));
        subscriber.onComplete();
        assertThat(isRecorded()).isFalse();
    }

    private boolean isRecorded() {
        return flight.outcome().getNow(null) instanceof Flight.Recorded;
    }

    private HttpResponse.BodySubscriber<String> recording(HttpHeaders headers) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://localhost/")).build();
        CacheRule rule = CacheRule.get().ttl(Duration.ofHours(1));
        CacheEngine engine = new CacheEngine(
                HttpClient.newHttpClient(),
                Runnable::run,
                store,
                new CacheEngine.Settings(
                        List.of(rule),
                        List.of(),
                        InstantSource.system(),
                        Duration.ofSeconds(1),
                        LIMIT,
                        LIMIT,
                        false,
                        List.of()));
        RequestBody body = RequestBody.read(request).join();
        Ask ask = new Ask(
                request,
                body,
                request.timeout(),
                CacheControl.NONE,
                false,
                new Policy(rule, false, List.of()),
                CacheKey.sha256(new byte[0]),
                List.of());
        Lead lead = new Lead(engine, ask, Kept.NOTHING, flight);
        return lead.recording(info -> sink)
                .apply(ServedHead.labelled(200, HttpClient.Version.HTTP_1_1, headers, CacheStatus.miss(true)));
    }

    private static HttpHeaders headers(String... field) {
        return HttpHeaders.of(field.length == 0 ? Map.of() : Map.of(field[0], List.of(field[1])), (n, v) -> true);
    }

    private static List<ByteBuffer> part(int bytes) {
        return List.of(ByteBuffer.allocate(bytes));
    }

    private static final class Source implements Flow.Subscription {
        long requested;
        boolean cancelled;

        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private static final class Sink implements HttpResponse.BodySubscriber<String> {
        Flow.Subscription subscription;
        int received;
        boolean completed;
        Throwable error;
        RuntimeException failure;
        final List<ByteBuffer> parts = new ArrayList<>();

        @Override
        public CompletionStage<String> getBody() {
            return new CompletableFuture<>();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            if (failure != null) {
                throw failure;
            }
            parts.addAll(item);
            received += item.stream().mapToInt(ByteBuffer::remaining).sum();
        }

        @Override
        public void onError(Throwable throwable) {
            error = throwable;
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }
}
