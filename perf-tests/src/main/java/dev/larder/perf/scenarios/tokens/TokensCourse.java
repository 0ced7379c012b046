package dev.larder.perf.scenarios.tokens;

import dev.larder.perf.suite.Bench;
import dev.larder.perf.suite.Callers;
import dev.larder.perf.suite.Cell;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Findings;
import dev.larder.perf.suite.Load;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Recorded;
import dev.larder.perf.suite.Site;
import dev.larder.perf.upstream.Upstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Prompts that are asked again and again of an upstream that charges for each. */
final class TokensCourse implements Course {
    // Divisible by every number of callers.
    private static final int PROMPTS = 48;
    private static final int PROMPTS_IN_QUICK = 16;
    private static final int TIMES = 5;
    private static final int PROMPTS_IN_BUDGET = 10;

    @Override
    public Measurement run(Bench bench, Cell cell, Load load) throws Exception {
        ChatApi api = new ChatApi();
        try (Upstream upstream = Upstream.start("application/json", api)) {
            URI uri = upstream.uri().resolve("/v1/chat/completions");
            try (Site site = bench.site(cell.store(), uri)) {
                Visit visit = new Visit(uri, api, bench.bareClient());
                return visit.run(site, upstream, load);
            }
        }
    }

    /** One repetition. */
    private static final class Visit {
        private final URI uri;
        private final ChatApi api;
        private final HttpClient bareClient;
        // Answers of other repetitions may be in a store whose spec names a place.
        private final String user = UUID.randomUUID().toString();
        private final Findings findings = new Findings();

        private Visit(URI uri, ChatApi api, HttpClient bareClient) {
            this.uri = uri;
            this.api = api;
            this.bareClient = bareClient;
        }

        private Measurement run(Site site, Upstream upstream, Load load) throws IOException, InterruptedException {
            HttpClient client = site.client();
            int prompts = load.extent().quick() ? PROMPTS_IN_QUICK : PROMPTS;
            int callers = load.callers();
            LongAdder ignored = new LongAdder();
            if (load.warmUps() > 0) {
                findings.failed(
                        "calls of the warm-up",
                        Callers.run(
                                callers,
                                load.warmUps(),
                                number -> iteration ->
                                        call(client, "warm-up", (number + iteration * callers) / 2, ignored)));
            }
            long paidBefore = api.paid();
            long callsBefore = upstream.calls();
            LongAdder served = new LongAdder();
            Recorded recorded = Callers.run(
                    callers,
                    prompts * TIMES / callers,
                    number -> iteration -> call(client, "measured", (number + iteration * callers) % prompts, served));
            long paid = api.paid() - paidBefore;
            long upstreamCalls = upstream.calls() - callsBefore;
            long distinct = cost("measured", prompts);
            findings.failed("calls", recorded);
            findings.count("calls reached the upstream", upstreamCalls, prompts);
            findings.count("tokens were paid for", paid, distinct);
            findings.count("tokens were served", served.sum(), distinct * TIMES);

            long budget = cost("budget", PROMPTS_IN_BUDGET);
            long within = within(client, budget);
            long withoutCache = within(bareClient, budget);
            findings.count("calls fit the budget with the cache", within, (long) PROMPTS_IN_BUDGET * TIMES);
            findings.count("calls fit the budget without the cache", withoutCache, fitting(budget));
            site.settle();
            findings.storeFailures(site);
            return Measurement.of(recorded)
                    .settledNow()
                    .answered(upstreamCalls)
                    .detail("tokensServed", served.sum())
                    .detail("tokensPaid", paid)
                    .detail("tokensSaved", served.sum() - paid)
                    .detail("tokensPerRequest", served.sum() / (double) recorded.requests())
                    .detail("tokensPaidPerRequest", paid / (double) recorded.requests())
                    .detail("tokensServedPerSecond", served.sum() * 1e9 / Math.max(1, recorded.wallNanos()))
                    .detail("budgetTokens", budget)
                    .detail("callsWithinBudget", within)
                    .detail("callsWithinBudgetWithoutCache", withoutCache)
                    .faults(findings.faults());
        }

        /** Returns how many calls, each prompt five times in a row, are answered before one would exceed the budget. */
        private long within(HttpClient client, long budget) throws IOException, InterruptedException {
            long paidBefore = api.paid();
            LongAdder served = new LongAdder();
            for (int made = 0; ; made++) {
                long spent = api.paid() - paidBefore;
                ChatCall call = call(client, "budget", made / TIMES, served);
                try {
                    call.make();
                } catch (IOException e) {
                    throw new IOException("a call within the budget failed: " + e, e);
                }
                String fault = call.fault();
                findings.that(fault == null, "a call within the budget: " + fault);
                boolean charged = api.paid() - paidBefore > spent;
                // Whoever is never charged would go on for ever.
                if ((charged && spent >= budget) || made > PROMPTS_IN_BUDGET * TIMES) {
                    return made;
                }
            }
        }

        /** Returns how many such calls fit if each is charged for. */
        private static long fitting(long budget) {
            long spent = 0;
            int made = 0;
            while (spent < budget) {
                spent += ChatApi.Usage.of(prompt("budget", made / TIMES)).total();
                made++;
            }
            return made;
        }

        private static long cost(String phase, int prompts) {
            return IntStream.range(0, prompts)
                    .mapToLong(index -> ChatApi.Usage.of(prompt(phase, index)).total())
                    .sum();
        }

        private ChatCall call(HttpClient client, String phase, int index, LongAdder served) {
            return new ChatCall(client, uri, user, prompt(phase, index), served);
        }

        /** Returns a prompt of some words, more of them the higher its index. */
        private static String prompt(String phase, int index) {
            return "In " + phase + " say " + index + " times".repeat(1 + index % 7);
        }
    }
}
