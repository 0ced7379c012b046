package dev.larder.transport;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of a client share: asks {@link Decisions} what to do, and knows the store, the flights and the rules.
 * {@link SyncCall} and {@link AsyncCall} drive it.
 */
final class CacheEngine {
    private final HttpClient delegate;
    private final Executor executor;
    private final List<CacheRule> rules;
    private final InstantSource clock;
    private final long maxEntryBytes;
    private final long maxRequestBytes;
    private final Events events;
    private final StoreGuard store;
    private final Flights flights = new Flights();
    private final StoreWriter writer;

    CacheEngine(HttpClient delegate, Executor executor, CacheStore store, Settings settings) {
        this.delegate = delegate;
        this.executor = executor;
        rules = settings.rules();
        clock = settings.clock();
        maxEntryBytes = settings.maxEntryBytes();
        maxRequestBytes = settings.maxRequestBytes();
        events = new Events(settings.listeners());
        this.store = new StoreGuard(store, settings.cacheBudget(), events);
        writer = new StoreWriter(store, this.store, flights, events, executor, settings.cacheBudget());
    }

    record Settings(
            List<CacheRule> rules,
            List<CacheListener> listeners,
            InstantSource clock,
            Duration cacheBudget,
            long maxEntryBytes,
            long maxRequestBytes) {}

    /** A caller's request before its body is read: either it goes past the cache, or it has a rule and cookies. */
    sealed interface Plan {
        record Past(Bypass bypass) implements Plan {}

        record Through(CacheRule rule, List<String> hiddenCookies) implements Plan {}
    }

    Plan plan(HttpRequest request) {
        CacheRule rule;
        try {
            rule = ruleFor(request);
        } catch (RuntimeException e) {
            return past(request, Bypass.configured("the condition of a rule failed"), e);
        }
        Bypass bypass = Decisions.bypass(
                request,
                rule,
                RequestBody.length(request),
                maxRequestBytes,
                delegate.authenticator().isPresent());
        if (bypass != null || rule == null) {
            return past(request, bypass == null ? Bypass.configured("no rule") : bypass, null);
        }
        try {
            return new Plan.Through(rule, hiddenCookies(request));
        } catch (IOException | RuntimeException e) {
            return past(request, Bypass.configured("the cookie handler failed"), e);
        }
    }

    Plan.Past past(HttpRequest request, String reason) {
        return past(request, Bypass.configured(reason), null);
    }

    private Plan.Past past(HttpRequest request, Bypass bypass, @Nullable Exception cause) {
        events.emit(CacheEvent.Type.BYPASS, request, null, bypass.reason(), cause);
        return new Plan.Past(bypass);
    }

    private @Nullable CacheRule ruleFor(HttpRequest request) {
        for (CacheRule rule : rules) {
            if (rule.matches(request)) {
                return rule;
            }
        }
        return null;
    }

    /** Returns the cookies that the client would add by itself: credentials that the request does not show. */
    private List<String> hiddenCookies(HttpRequest request) throws IOException {
        CookieHandler handler = delegate.cookieHandler().orElse(null);
        if (handler == null) {
            return List.of();
        }
        return handler.get(request.uri(), request.headers().map()).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    Ask ask(HttpRequest request, Plan.Through plan, RequestBody body) {
        CacheKey key = KeyHasher.keyOf(request, plan.rule(), plan.hiddenCookies(), body.parts());
        return new Ask(request, body, request.timeout(), plan.rule(), key, plan.hiddenCookies());
    }

    /** Returns whether the client may have sent other cookies than those in the key, because its jar has changed. */
    boolean haveCookiesChanged(Ask ask) {
        if (ask.rule().isSharedAcrossCredentials()) {
            return false;
        }
        try {
            return !hiddenCookies(ask.request()).equals(ask.hiddenCookies());
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    /**
     * Looks for an answer, and takes the lead if there is none. May wait for the store within the budget.
     *
     * @param afterFailure whether an upstream call that this caller has followed failed
     */
    Lookup lookup(Ask ask, boolean afterFailure) {
        CacheKey key = ask.key();
        while (true) {
            Flight flight = flights.get(key);
            if (flight == null) {
                long stamp = flights.stamp(key);
                Lookup.Found found = kept(ask);
                if (found != null) {
                    return found;
                }
                Flight mine = new Flight(afterFailure);
                flight = flights.takeOff(key, mine);
                if (flight == null) {
                    return takeLead(ask, mine, stamp);
                }
            }
            StoredResponse recorded = flight.recorded();
            if (recorded != null) {
                Lookup.Found found = usable(ask, recorded);
                if (found != null) {
                    return found;
                }
                Flight mine = new Flight(afterFailure);
                if (flights.takeOffInPlaceOf(key, flight, mine)) {
                    return lead(ask, mine);
                }
                continue;
            }
            if (!flight.outcome().isDone() && flight.join()) {
                return new Lookup.Follow(flight);
            }
            flights.land(key, flight);
        }
    }

    private Lookup takeLead(Ask ask, Flight mine, long stampBefore) {
        CacheKey key = ask.key();
        if (flights.stamp(key) != stampBefore) {
            Lookup.Found found = kept(ask);
            if (found != null) {
                flights.land(key, mine);
                mine.handOver();
                return found;
            }
        }
        return lead(ask, mine);
    }

    private Lead lead(Ask ask, Flight mine) {
        // A recorded answer stays reachable until the store has it; any other end makes room at once.
        var unused = mine.outcome().thenAccept(outcome -> {
            if (!(outcome instanceof Flight.Recorded)) {
                flights.land(ask.key(), mine);
            }
        });
        events.emit(CacheEvent.Type.MISS, ask.request(), ask.key(), "nothing kept");
        return new Lead(this, ask, mine);
    }

    /** Returns the lead of a flight that nobody can join. */
    Lead alone(Ask ask) {
        events.emit(CacheEvent.Type.MISS, ask.request(), ask.key(), "the call under way has no answer for this one");
        return new Lead(this, ask, new Flight(true));
    }

    private Lookup.@Nullable Found kept(Ask ask) {
        StoredResponse stored = store.get(ask);
        return stored == null ? null : usable(ask, stored);
    }

    /** Returns {@code stored} as the answer, or null if it may not be served for this request now. */
    Lookup.@Nullable Found usable(Ask ask, StoredResponse stored) {
        Duration freshFor = Decisions.freshFor(stored, ask.request(), ask.rule(), clock.instant());
        return freshFor.isNegative() || freshFor.isZero() ? null : new Lookup.Found(stored, freshFor);
    }

    /** Serves {@code found} through the caller's handler, on this thread where the handler allows. */
    <T> CompletionStage<HttpResponse<T>> serve(
            Ask ask, HttpResponse.BodyHandler<T> handler, Lookup.Found found, CacheEvent.Type type) {
        boolean coalesced = type == CacheEvent.Type.COALESCED;
        events.emit(type, ask.request(), ask.key(), coalesced ? "another call was under way" : "fresh");
        return Replay.replay(
                found.response(),
                ask.request(),
                handler,
                found.response().ageAt(clock.instant()),
                coalesced ? CacheStatus.collapsed() : CacheStatus.hit(found.freshFor()));
    }

    /** Whether the delegate may answer with the response to a request other than the one it was given. */
    boolean responseMayAnswerAnotherRequest() {
        return delegate.followRedirects() != HttpClient.Redirect.NEVER
                || delegate.authenticator().isPresent();
    }

    boolean answersAtOnce() {
        return store.isImmediate();
    }

    HttpClient delegate() {
        return delegate;
    }

    Executor executor() {
        return executor;
    }

    InstantSource clock() {
        return clock;
    }

    Events events() {
        return events;
    }

    StoreWriter writer() {
        return writer;
    }

    long maxEntryBytes() {
        return maxEntryBytes;
    }

    int followers() {
        return flights.followers();
    }

    void awaitRecordings(Duration patience) throws InterruptedException {
        writer.awaitIdle(Deadline.after(patience));
    }
}
