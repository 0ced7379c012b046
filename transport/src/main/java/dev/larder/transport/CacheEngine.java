package dev.larder.transport;

import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of a client share: asks {@link Decisions} what to do, and knows the store, the flights and the rules.
 * {@link SyncCall} and {@link AsyncCall} drive it.
 */
final class CacheEngine {
    private final HttpClient delegate;
    private final Executor executor;
    private final List<Policy> byRule;
    private final Policy http;
    private final InstantSource clock;
    private final long maxEntryBytes;
    private final long maxRequestBytes;
    private final Events events;
    private final StoreGuard store;
    private final Flights flights = new Flights();
    private final StoreWriter writer;
    private final Changes changes = new Changes();
    private final Purge purge;

    CacheEngine(HttpClient delegate, Executor executor, CacheStore store, Settings settings) {
        this.delegate = delegate;
        this.executor = executor;
        http = new Policy(null, settings.shared(), settings.targets());
        byRule = settings.rules().stream().map(rule -> Policy.of(rule, http)).toList();
        clock = settings.clock();
        maxEntryBytes = settings.maxEntryBytes();
        maxRequestBytes = settings.maxRequestBytes();
        events = new Events(settings.listeners());
        OnTheWay onTheWay = new OnTheWay();
        this.store = new StoreGuard(store, onTheWay, settings.cacheBudget(), events);
        purge = new Purge(store, onTheWay, changes);
        writer = new StoreWriter(store, this.store, onTheWay, events, executor, settings.cacheBudget());
    }

    record Settings(
            List<CacheRule> rules,
            List<CacheListener> listeners,
            InstantSource clock,
            Duration cacheBudget,
            long maxEntryBytes,
            long maxRequestBytes,
            boolean shared,
            List<String> targets) {}

    /** A caller's request before its body is read: either it goes past the cache, or there may be an answer to it. */
    sealed interface Plan {
        /**
         * The call goes past the cache.
         *
         * @param rule that covers the request, if that is known
         * @param cause what failed, if that is why
         */
        record Past(
                Bypass bypass,
                @Nullable CacheRule rule,
                @Nullable Exception cause) implements Plan {}

        record Through(Policy policy, CacheControl asked, boolean conditional, List<String> hiddenCookies)
                implements Plan {}
    }

    /** Returns what is to be done with a request, and tells listeners if that is nothing. */
    Plan plan(HttpRequest request, View view) {
        Plan plan = planned(request, view);
        if (plan instanceof Plan.Past past) {
            events.emit(CacheEvent.Type.BYPASS, request, null, past.bypass().reason(), past.cause());
        }
        return plan;
    }

    /** Returns what would be done with a request. */
    Plan planned(HttpRequest request, View view) {
        if (view.bypass()) {
            return new Plan.Past(Bypass.configured("asked for by the caller"), null, null);
        }
        Policy policy;
        try {
            policy = policyFor(request, view);
        } catch (RuntimeException e) {
            return new Plan.Past(Bypass.configured("the condition of a rule failed"), null, e);
        }
        CacheControl asked = CacheControl.ofRequest(request.headers());
        if (view.refresh()) {
            asked = asked.withNoCache();
        }
        boolean conditional = Decisions.isConditional(request);
        Bypass bypass = Decisions.bypass(
                request,
                policy,
                asked,
                conditional,
                RequestBody.length(request),
                maxRequestBytes,
                delegate.authenticator().isPresent());
        if (bypass != null) {
            return new Plan.Past(bypass, policy.rule(), null);
        }
        try {
            return new Plan.Through(policy, asked, conditional, hiddenCookies(request));
        } catch (IOException | RuntimeException e) {
            return new Plan.Past(Bypass.configured("the cookie handler failed"), policy.rule(), e);
        }
    }

    /** Returns the plan of a call that the cache cannot take part in, and tells listeners. */
    Plan.Past past(HttpRequest request, String reason) {
        events.emit(CacheEvent.Type.BYPASS, request, null, reason);
        return new Plan.Past(Bypass.configured(reason), null, null);
    }

    /** Returns how calls are judged that {@code rule} covers. */
    Policy policyOf(CacheRule rule) {
        return Policy.of(rule, http);
    }

    private Policy policyFor(HttpRequest request, View view) {
        Policy policy = firstOf(view.policies(), request);
        if (policy == null) {
            policy = firstOf(byRule, request);
        }
        return policy == null ? http : policy;
    }

    private static @Nullable Policy firstOf(List<Policy> policies, HttpRequest request) {
        for (Policy policy : policies) {
            CacheRule rule = policy.rule();
            if (rule != null && rule.matches(request)) {
                return policy;
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
        CacheKey key = KeyHasher.keyOf(request, plan.policy(), plan.hiddenCookies(), body.parts());
        return new Ask(
                request,
                body,
                request.timeout(),
                plan.asked(),
                plan.conditional(),
                plan.policy(),
                key,
                plan.hiddenCookies());
    }

    /** Returns whether the client may have sent other cookies than those in the key, because its jar has changed. */
    boolean haveCookiesChanged(Ask ask) {
        if (ask.policy().isSharedAcrossCredentials()) {
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
        boolean alone = ask.isPersonal() || flights.isNotKept(key);
        while (true) {
            Flight flight = flights.get(key);
            if (flight == null || flight.isBackground() || alone || ask.asked().onlyIfCached()) {
                long stamp = flights.stamp(key);
                Kept kept = store.get(ask);
                Lookup.Found found = usable(ask, kept, stamp);
                if (found != null) {
                    return found;
                }
                if (ask.isHeadOfGet()) {
                    return lookupHead(ask, kept);
                }
                Flight mine = new Flight(afterFailure, changes.of(ask));
                if (alone || ask.asked().onlyIfCached()) {
                    return forward(ask, kept, mine);
                }
                if (flight == null) {
                    flight = flights.takeOff(key, mine);
                    if (flight == null) {
                        return takeLead(ask, kept, mine, stamp);
                    }
                    continue;
                }
            }
            if (flight.changes() != changes.of(ask)) {
                // What it brings may be from before the change.
                return lead(ask, Kept.NOTHING, new Flight(true, changes.of(ask)));
            }
            if (!flight.outcome().isDone() && flight.join()) {
                return new Lookup.Follow(flight);
            }
            flights.land(key, flight);
        }
    }

    /**
     * Looks for an answer to HEAD that HEAD has brought. It has a key of its own, which no other method leads to, so
     * that GET need not look twice at what it finds.
     */
    private Lookup lookupHead(Ask ask, Kept ofGet) {
        Ask underHead = ask.underHead();
        Kept kept = store.get(underHead);
        StoredResponse response = kept.response();
        if (response != null && !response.isOlderThan(ofGet.response())) {
            Lookup.Found found = usable(underHead, response);
            if (found != null && found.reuse() != Reuse.STALE_WHILE_REVALIDATE) {
                return found;
            }
        }
        return forward(ask, new Kept(ofGet.response(), kept.index()), new Flight(true, changes.of(ask)));
    }

    private Lookup takeLead(Ask ask, Kept kept, Flight mine, long stampBefore) {
        CacheKey key = ask.key();
        Kept latest = kept;
        if (flights.stamp(key) != stampBefore) {
            latest = store.get(ask);
            Lookup.Found found = usable(ask, latest, stampBefore);
            if (found != null) {
                flights.land(key, mine);
                mine.handOver();
                return found;
            }
        }
        return lead(ask, latest, mine);
    }

    private Lookup forward(Ask ask, Kept kept, Flight flight) {
        return ask.asked().onlyIfCached() ? new Lookup.OnlyIfCached() : lead(ask, kept, flight);
    }

    private Lead lead(Ask ask, Kept kept, Flight mine) {
        var unused = mine.outcome().thenRun(() -> flights.land(ask.key(), mine));
        if (!mine.isBackground()) {
            events.emit(CacheEvent.Type.MISS, ask.request(), ask.key(), kept.missReason());
        }
        return new Lead(this, ask, kept, mine);
    }

    /** Returns the lead of a flight that nobody can join. */
    Lead alone(Ask ask) {
        events.emit(CacheEvent.Type.MISS, ask.request(), ask.key(), "the call under way has no answer for this one");
        return new Lead(this, ask, store.get(ask), new Flight(true, changes.of(ask)));
    }

    private Lookup.@Nullable Found usable(Ask ask, Kept kept, long stamp) {
        StoredResponse response = kept.response();
        Lookup.Found found = response == null ? null : usable(ask, response);
        if (found != null && found.reuse() == Reuse.STALE_WHILE_REVALIDATE) {
            validateInBackground(ask, kept, stamp);
        }
        return found;
    }

    /** Returns the response that is kept under {@code key}. May wait for the store within the budget. */
    @Nullable
    StoredResponse kept(Ask ask, CacheKey key) {
        return store.get(ask, key);
    }

    /** Returns {@code stored} as the answer, or null if it may not be served for this request now. */
    Lookup.@Nullable Found usable(Ask ask, StoredResponse stored) {
        if (!stored.answers(ask)) {
            return null;
        }
        long now = clock.millis();
        Reuse reuse = Decisions.reuse(ask, stored, now);
        return reuse == Reuse.REVALIDATE || reuse == Reuse.MUST_REVALIDATE ? null : found(ask, stored, reuse, now);
    }

    private static Lookup.Found found(Ask ask, StoredResponse stored, Reuse reuse, long now) {
        return new Lookup.Found(
                stored, reuse, now, ask.policy().freshness(stored.head()).freshForMillis(now));
    }

    /** Returns {@code stored} as the answer in place of an error, or null if it may not be (RFC 5861 §4). */
    Lookup.@Nullable Found insteadOfError(Ask ask, StoredResponse stored, boolean disconnected) {
        long now = clock.millis();
        boolean allowed = stored.answers(ask)
                && now < stored.deleteAtMillis()
                && Decisions.reuse(ask, stored, now) != Reuse.MUST_REVALIDATE
                && Reuse.mayServeOnError(
                        ask.asked(),
                        ask.policy().directives(stored.head()),
                        ask.policy().freshness(stored.head()),
                        now,
                        ask.policy().shared(),
                        disconnected);
        return allowed ? found(ask, stored, Reuse.STALE_ALLOWED, now) : null;
    }

    /** Sends a request that nobody waits for, unless one for the same answer is under way (RFC 5861 §3). */
    private void validateInBackground(Ask ask, Kept kept, long stamp) {
        Flight mine = Flight.ofBackground(changes.of(ask));
        if (ask.isHead() || flights.takeOff(ask.key(), mine) != null) {
            return;
        }
        if (flights.stamp(ask.key()) != stamp) {
            // What is kept has been validated since it was read.
            flights.land(ask.key(), mine);
            mine.handOver();
            return;
        }
        StoredResponse response = kept.response();
        // A part is validated for the range that was asked for: the whole may be much more.
        Lead lead = lead(response != null && response.isPart() ? ask : ask.forEverybody(), kept, mine);
        try {
            executor.execute(() -> validate(lead));
        } catch (RejectedExecutionException e) {
            lead.failed(e);
        }
    }

    private void validate(Lead lead) {
        try {
            var unused = delegate.sendAsync(lead.request(), lead.recording(HttpResponse.BodyHandlers.discarding()))
                    .whenComplete((response, failure) -> {
                        if (failure != null) {
                            lead.callFailed(failure);
                        } else {
                            lead.returned(response);
                        }
                    });
        } catch (RuntimeException | Error e) {
            lead.failed(e);
        }
    }

    /** Serves {@code found} through the caller's handler, on this thread where the handler allows. */
    <T> CompletionStage<HttpResponse<T>> serve(
            Ask ask, HttpResponse.BodyHandler<T> handler, Lookup.Found found, boolean coalesced) {
        if (coalesced) {
            events.emit(CacheEvent.Type.COALESCED, ask.request(), ask.key(), "another call was under way");
            return serve(ask, handler, found, CacheStatus.collapsed());
        }
        events.emit(
                found.isStale() ? CacheEvent.Type.STALE : CacheEvent.Type.HIT,
                ask.request(),
                ask.key(),
                found.reuse() == Reuse.FRESH
                        ? "fresh"
                        : found.reuse() == Reuse.STALE_WHILE_REVALIDATE ? "stale-while-revalidate" : "max-stale");
        if (ask.isPersonal()) {
            return serve(ask, handler, found, CacheStatus.hit(found.freshForMillis()));
        }
        StoredResponse stored = found.response();
        ServedHead served = ServedHead.hit(stored.head(), found.ageSeconds(), found.freshForMillis());
        return Replay.replay(served, Replay.pieces(stored.data()), ask.request(), handler);
    }

    /** Serves {@code found} with {@code cacheStatus}, in the form that the caller has asked for. */
    <T> CompletionStage<HttpResponse<T>> serve(
            Ask ask, HttpResponse.BodyHandler<T> handler, Lookup.Found found, String cacheStatus) {
        StoredResponse stored = found.response();
        StoredResponse.Head head = stored.head();
        long age = found.ageSeconds();
        if (ask.isPersonal()) {
            return Personal.serve(ask, stored, age, cacheStatus, handler);
        }
        ServedHead served = new ServedHead(head.status(), head.version(), head.fields(), age, cacheStatus);
        return Replay.replay(served, Replay.pieces(stored.data()), ask.request(), handler);
    }

    /** Serves a 504 to a caller who wants no call made (RFC 9111 §5.2.1.7). */
    <T> CompletionStage<HttpResponse<T>> serveGatewayTimeout(Ask ask, HttpResponse.BodyHandler<T> handler) {
        events.emit(CacheEvent.Type.MISS, ask.request(), ask.key(), "nothing kept, and only-if-cached");
        ServedHead served = new ServedHead(
                504,
                HttpClient.Version.HTTP_1_1,
                new Fields(Map.of("Content-Length", List.of("0"))),
                ServedHead.OWN_AGE,
                CacheStatus.onlyIfCached());
        return Replay.replay(served, List.of(), ask.request(), handler);
    }

    /** Removes what is kept about URIs that a call past the cache has changed (RFC 9111 §4.4). */
    void changed(HttpRequest request, HttpResponse<?> response) {
        Set<URI> uris = Invalidation.of(request.method(), request.uri(), response.statusCode(), response.headers());
        if (!uris.isEmpty()) {
            remove(request, uris);
        }
    }

    /** Removes what is kept about the URI of a request, which was found to be out of date (RFC 9111 §4.3.5). */
    void outdated(HttpRequest request) {
        URI uri = TargetUri.normalize(request.uri());
        if (uri != null) {
            remove(request, Set.of(uri));
        }
    }

    private void remove(HttpRequest request, Set<URI> uris) {
        List<String> tags = uris.stream().map(KeyHasher::tagOf).toList();
        changes.around(uris, () -> {
            if (store.removeTagged(request, tags)) {
                events.emit(CacheEvent.Type.INVALIDATED, request, null, "method " + request.method());
            }
        });
    }

    Changes changes() {
        return changes;
    }

    Purge purge() {
        return purge;
    }

    /** Returns what the store has for a request. May wait for it within the budget. */
    Kept kept(Ask ask) {
        Kept kept = store.get(ask);
        return kept.response() == null && ask.isHeadOfGet() ? store.get(ask.underHead()) : kept;
    }

    Flights flights() {
        return flights;
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
