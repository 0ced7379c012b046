package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.Deadline;
import dev.larder.perf.scenarios.Scenarios;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The load suite, small, over every store on the class path. */
class SuiteTest {
    private static final List<Integer> CALLERS = List.of(1, 4, 8);
    private static final int ITERATIONS = 6;
    private static final Extent EXTENT = new Extent(true, Duration.ofMillis(200));

    static Stream<Arguments> storesAndScenarios() {
        return StoreChoices.all().stream()
                .flatMap(store -> Scenarios.all().stream().map(scenario -> Arguments.of(store, scenario)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("storesAndScenarios")
    void callsReachTheUpstreamExactlyWhenTheyMust(StoreChoice store, Scenario scenario) throws Exception {
        List<Row> rows = run(new Plan(List.of(store), List.of(scenario), CALLERS, 8, ITERATIONS, 1, 0, EXTENT));

        assertThat(rows).flatExtracting(Row::violations).isEmpty();
        assertThat(rows)
                .extracting(row -> row.cell().callers())
                .isEqualTo(
                        scenario.crowds().isEmpty()
                                ? CALLERS
                                : scenario.crowds().stream()
                                        .map(Scenario.Crowd::callers)
                                        .toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.errors()).isZero();
            assertThat(row.upstreamCalls()).isEqualTo(expectedUpstreamCalls(row));
        });
    }

    @Test
    void entriesThatAreThereAreFound() throws Exception {
        Map<String, Double> ratios = new HashMap<>();
        for (String name : List.of("signups", "creates", "retrievals", "mixed-operations", "stress")) {
            ratios.put(name, runOnMap(scenario(name)).hitRatio());
        }
        assertThat(ratios)
                .containsEntry("signups", 0.0)
                .containsEntry("creates", 0.0)
                .containsEntry("retrievals", 1.0)
                .containsEntry("mixed-operations", 1.0);
        assertThat(ratios.get("stress")).isBetween(0.3, 1.0);
    }

    @Test
    void anEntryThatIsNotWhatWasPutIsAnError() throws Exception {
        Shape planted = new Shape() {
            @Override
            public void prepare(Site site) throws Exception {
                shape("retrievals").prepare(site);
                site.store().put(site.key(7), Entries.of(8, 0), Deadline.never());
            }

            @Override
            public Caller caller(Site site, String phase, int number) {
                return shape("retrievals").caller(site, phase, number);
            }
        };
        Row row = runOnMap(new Scenario(
                "planted",
                "Has one entry under another's key.",
                planted,
                Expectation.upstreamCalls(load -> 0),
                List.of(new Scenario.Crowd(8, 500))));

        assertThat(row.violations()).singleElement().asString().endsWith("the first with: the entry of another key");
    }

    private static long expectedUpstreamCalls(Row row) {
        int callers = row.cell().callers();
        return switch (row.scenario()) {
            case "miss" -> (long) callers * ITERATIONS;
            case "hit" -> 0;
            case "mixed" -> (long) (callers / 2) * ITERATIONS;
            case "users" -> 3L * callers;
            case "burst" -> callers / 2;
            case "hit-rate" -> 100;
            // Five rounds, and more where threads or file handles come late, as they do on a busy machine.
            case "memory" -> 200L * ((List<?>) row.measured().getOrDefault("rounds", List.of())).size();
            case "sockets" -> 0;
            case "signups", "creates", "retrievals", "mixed-operations", "stress" -> 0;
            case "latency", "slow-client", "slow-upstream", "pool" -> 0;
            case "throughput" -> 240;
            case "tokens" -> 16;
            // As many as there is time for: their courses count along.
            case "ramp-up", "sustained", "chaos" -> row.upstreamCalls();
            default -> throw new IllegalArgumentException("say here what to expect of " + row.scenario());
        };
    }

    @Test
    void everyStoreOnTheClassPathTakesPartWithoutALineChanged() {
        assertThat(StoreChoices.all())
                .extracting(StoreChoice::name)
                .contains("memory", "sqlite committed", "sqlite behind", "tiered (memory over sqlite)", "map");
    }

    @Test
    void repetitionsGoRoundTheStores() throws Exception {
        ProgressLog progress = new ProgressLog();
        List<StoreChoice> stores = Stream.of("memory", "map")
                .flatMap(name -> StoreChoices.named(name).stream())
                .toList();

        Plan plan = new Plan(stores, List.of(scenario("hit")), List.of(1, 2), 0, 1, 1, 1, EXTENT);
        List<Result> results =
                Suite.run(List.of(new ClosedLoop(plan)), progress).results();

        assertThat(progress.lines())
                .containsExactly(
                        "8 steps",
                        "memory, hit, 1 caller (warm-up, not counted)",
                        "map, hit, 1 caller (warm-up, not counted)",
                        "memory, hit, 2 callers (warm-up, not counted)",
                        "map, hit, 2 callers (warm-up, not counted)",
                        "memory, hit, 1 caller",
                        "map, hit, 1 caller",
                        "memory, hit, 2 callers",
                        "map, hit, 2 callers",
                        "end");
        assertThat(results)
                .extracting(result -> result.store() + ", " + result.scenario() + ", " + result.callers())
                .containsExactly("memory, hit, 1", "memory, hit, 2", "map, hit, 1", "map, hit, 2");
        assertThat(results).allSatisfy(result -> assertThat(result.details()).containsEntry("medianOf", 1));
    }

    @Test
    void unexpectedCountIsAViolation() throws Exception {
        Scenario planted =
                new Scenario("planted", "Expects what cannot be.", shape("miss"), Expectation.upstreamCalls(load -> 1));

        Row row = runOnMap(planted);

        assertThat(row.violations())
                .containsExactly("map, planted, 2 callers, repetition 1: 6 calls reached the upstream instead of 1");
    }

    @Test
    void wrongAndFailedAnswersAreErrors() throws Exception {
        Scenario planted = new Scenario(
                "planted",
                "One caller gets wrong answers, the other none.",
                new Faults(),
                Expectation.upstreamCalls(load -> 0));

        Row row = runOnMap(planted);

        assertThat(row.errors()).isEqualTo(6);
        assertThat(row.violations())
                .containsExactly("map, planted, 2 callers, repetition 1: 6 of 6 calls failed, the first with: wrong");
    }

    private static Row runOnMap(Scenario scenario) throws InterruptedException {
        Plan plan = new Plan(StoreChoices.named("map"), List.of(scenario), List.of(2), 0, 3, 1, 0, EXTENT);
        return run(plan).get(0);
    }

    private static List<Row> run(Plan plan) throws InterruptedException {
        return new ClosedLoop(plan).run(Progress.none());
    }

    private static Shape shape(String name) {
        return ((ClosedCourse) scenario(name).course()).shape();
    }

    private static Scenario scenario(String name) {
        return Scenarios.named(name).orElseThrow();
    }

    private static final class Faults implements Shape {
        @Override
        public void prepare(Site site) {}

        @Override
        public Caller caller(Site site, String phase, int number) {
            return iteration -> new Call() {
                @Override
                public void make() throws Exception {
                    if (number == 1) {
                        throw new IOException("no answer");
                    }
                }

                @Override
                public String fault() {
                    return "wrong";
                }
            };
        }
    }
}
