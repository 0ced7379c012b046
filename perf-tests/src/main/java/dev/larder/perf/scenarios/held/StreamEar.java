package dev.larder.perf.scenarios.held;

import java.io.EOFException;
import java.util.concurrent.Flow;

/** Listens to a stream of events (server-sent events, line by line). */
final class StreamEar extends Ear implements Flow.Subscriber<String> {
    private static final String DATA = "data: ";

    StreamEar(String path) {
        super(path);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith(DATA)) {
            heard(line.substring(DATA.length()));
        }
    }

    @Override
    public void onError(Throwable failure) {
        failed(failure);
    }

    /** Too early, unless the last message has come. */
    @Override
    public void onComplete() {
        failed(new EOFException("the stream has ended"));
    }
}
