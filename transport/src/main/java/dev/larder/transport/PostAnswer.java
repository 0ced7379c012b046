package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answer to a POST past the cache if that is what a later GET would bring, and says so: it has a lifetime, and
 * its Content-Location is the target (RFC 9110 §9.3.3).
 */
final class PostAnswer {
    private final CacheEngine engine;
    private final HttpRequest request;
    private final HttpRequest get;
    private final CacheEngine.Plan.Through plan;
    private final long changes;
    private volatile @Nullable Lead lead;

    private PostAnswer(CacheEngine engine, HttpRequest request, HttpRequest get, CacheEngine.Plan.Through plan) {
        this.engine = engine;
        this.request = request;
        this.get = get;
        this.plan = plan;
        changes = engine.changes().of(plan.policy(), get);
    }

    /** Returns what may keep the answer to a request that goes past the cache; null if nothing may. */
    static @Nullable PostAnswer of(CacheEngine engine, View view, HttpRequest request, CacheEngine.Plan.Past past) {
        if (!request.method().equals("POST") || !past.bypass().equals(Bypass.method())) {
            return null;
        }
        // As GET would ask for it, so that GET finds it: with what the client adds, and under the rule for GET.
        HttpRequest get = HttpRequest.newBuilder(request, (name, value) -> !isOfThePost(KeyHeader.of(name)))
                .GET()
                .build();
        return engine.planned(get, view) instanceof CacheEngine.Plan.Through plan
                        && !plan.policy().isForced()
                ? new PostAnswer(engine, request, get, plan)
                : null;
    }

    private static boolean isOfThePost(KeyHeader header) {
        return header.isCondition() || header.describesContent();
    }

    /** Returns the handler to send the request with. */
    <T> HttpResponse.BodyHandler<T> recording(HttpResponse.BodyHandler<T> handler) {
        return info -> {
            Lead made = lead(info.statusCode(), info.headers());
            lead = made;
            return made == null ? handler.apply(info) : made.recording(handler).apply(info);
        };
    }

    private @Nullable Lead lead(int status, HttpHeaders headers) {
        // The rest is seldom worth a key.
        if (!headers.map().containsKey("Content-Location")) {
            return null;
        }
        Ask asGet = askOfGet();
        Ask ask = new Ask(
                request,
                asGet.body(),
                request.timeout(),
                asGet.asked(),
                false,
                asGet.policy(),
                asGet.key(),
                asGet.hiddenCookies());
        Policy policy = ask.policy();
        CacheControl directives = policy.directivesOf(status, headers);
        long limit = policy.entryLimit(engine.maxEntryBytes());
        return Decisions.refusal(ask, status, headers, directives, limit) == null
                ? new Lead(engine, ask, Kept.NOTHING, new Flight(true, changes + Changes.OF_ONE_CALL))
                : null;
    }

    private Ask askOfGet() {
        return engine.ask(get, plan, RequestBody.read(get).join());
    }

    /** Takes the response, after what was kept about its URI has gone; returns it as the caller sees it. */
    <T> HttpResponse<T> returned(HttpResponse<T> response, Bypass bypass) {
        Lead made = lead;
        if (made == null) {
            return ServedResponse.labelled(request, response, CacheStatus.forwarded(bypass));
        }
        made.returned(response);
        return made.labelled(request, response);
    }
}
