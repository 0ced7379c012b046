package dev.larder.transport;

import java.util.concurrent.Flow;

/** Stands where a subscription will be, and asks for nothing. */
final class NoSubscription implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
}
