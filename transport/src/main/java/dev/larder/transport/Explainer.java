package dev.larder.transport;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Goes the way of a call as far as the store, and says what it has seen. */
final class Explainer {
    private final CacheEngine engine;
    private final View view;
    private final HttpRequest request;

    Explainer(CacheEngine engine, View view, HttpRequest request) {
        this.engine = engine;
        this.view = view;
        this.request = request;
    }

    Explanation explain() throws IOException, InterruptedException {
        CacheEngine.Plan plan = engine.planned(request, view);
        if (plan instanceof CacheEngine.Plan.Past past) {
            return bypass(past);
        }
        CacheEngine.Plan.Through through = (CacheEngine.Plan.Through) plan;
        RequestBody body = read();
        Ask ask = engine.ask(request, through, body);
        StoredResponse stored = engine.kept(ask).response();
        long now = engine.clock().millis();
        Explanation.Outcome outcome;
        String reason;
        if (stored == null) {
            outcome = Explanation.Outcome.MISS;
            reason = "nothing kept";
        } else {
            Reuse reuse = stored.answers(ask) ? Decisions.reuse(ask, stored, now) : Reuse.MUST_REVALIDATE;
            outcome = outcome(reuse);
            reason = reason(ask, stored, reuse, now);
        }
        boolean mayAsk = outcome == Explanation.Outcome.HIT || outcome == Explanation.Outcome.STALE;
        if (!mayAsk && ask.asked().onlyIfCached()) {
            outcome = Explanation.Outcome.GATEWAY_TIMEOUT;
            reason += ", and only-if-cached";
        }
        return new Explanation(
                outcome,
                reason,
                through.policy().rule(),
                ask.key(),
                KeyHasher.partsOf(request, through.policy(), through.hiddenCookies(), body.parts()),
                stored == null ? null : kept(ask, stored, now));
    }

    private Explanation bypass(CacheEngine.Plan.Past past) {
        String reason = past.bypass().reason();
        return new Explanation(
                Explanation.Outcome.BYPASS,
                reason.isEmpty() ? "no rule covers it, and HTTP lets no cache answer " + request.method() : reason,
                past.rule(),
                null,
                List.of(),
                null);
    }

    private RequestBody read() throws IOException, InterruptedException {
        CompletableFuture<RequestBody> body = RequestBody.read(request);
        try {
            return body.get();
        } catch (ExecutionException e) {
            throw new IOException("the request's body cannot be read", e.getCause());
        } finally {
            body.cancel(true);
        }
    }

    private static Explanation.Outcome outcome(Reuse reuse) {
        return switch (reuse) {
            case FRESH -> Explanation.Outcome.HIT;
            case STALE_ALLOWED, STALE_WHILE_REVALIDATE -> Explanation.Outcome.STALE;
            case REVALIDATE, MUST_REVALIDATE -> Explanation.Outcome.VALIDATE;
        };
    }

    private static String reason(Ask ask, StoredResponse stored, Reuse reuse, long now) {
        return switch (reuse) {
            case FRESH -> "fresh";
            case STALE_ALLOWED -> "stale, which the request puts up with";
            case STALE_WHILE_REVALIDATE -> "stale, and validated in the background";
            case REVALIDATE, MUST_REVALIDATE ->
                Decisions.isFresh(ask, stored, now)
                        ? "fresh, but the request asks for validation"
                        : reasonToValidate(ask.policy(), stored, now);
        };
    }

    private static String reasonToValidate(Policy policy, StoredResponse stored, long now) {
        StoredResponse.Head head = stored.head();
        if (stored.isPart()) {
            return "a part is kept";
        }
        if (head.varyNames().contains("*")) {
            return "Vary: *";
        }
        if (policy.rule() != null && policy.isForced() && !policy.rule().accepts(head.status())) {
            return "kept under another rule";
        }
        if (policy.directives(head).noCache()) {
            return "no-cache";
        }
        return policy.freshness(head).freshForMillis(now) > 0 ? "no longer kept" : "stale";
    }

    private static Explanation.KeptAnswer kept(Ask ask, StoredResponse stored, long now) {
        StoredResponse.Head head = stored.head();
        Freshness freshness = ask.policy().freshness(head);
        return new Explanation.KeptAnswer(
                head.status(),
                Instant.ofEpochMilli(head.freshness().receivedAtMillis()),
                Duration.ofMillis(head.freshness().ageMillis(now)),
                Duration.ofMillis(freshness.freshForMillis(now)),
                Decisions.instant(stored.deleteAtMillis()),
                stored.data().length,
                head.varyNames(),
                stored.tags().stream()
                        .filter(RuleTags::isOfUser)
                        .map(RuleTags::shown)
                        .collect(Collectors.toSet()));
    }
}
