package dev.larder.perf.peers.stage;

import dev.larder.perf.peers.clients.PeerClient;
import dev.larder.perf.peers.probes.Probes;
import dev.larder.perf.scenarios.Scenarios;
import dev.larder.perf.suite.ClosedLoop;
import dev.larder.perf.suite.Extent;
import dev.larder.perf.suite.Plan;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.Result;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import dev.larder.perf.suite.Stage;
import dev.larder.perf.suite.Step;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs the scenario {@code peers}: hits and misses of HTTP clients, calls on the entries of stores, and probes of what each
 * can do, ours and those of others in the same rounds.
 *
 * <p>The calls on entries are those of scenarios that there are already, under names of their own: their rows would stand
 * twice in a report otherwise. A client is a {@link StoreChoice} by name only: what a result needs of a store is what to
 * call it and whether its errors fail the run, and the store of a client cannot be had without the client.
 */
public final class Peers implements Stage {
    /** What the scenario is asked for by. */
    public static final String NAME = "peers";

    private static final List<String> ON_ENTRIES = List.of("creates", "retrievals", "mixed-operations");
    private static final int REPETITIONS = 5;
    private static final int MOST_WARM_UPS = 3;
    private static final int WARM_UPS = 500;
    private static final int QUICK_WARM_UPS = 100;

    private final List<Stage> parts;

    /**
     * Makes the stage.
     *
     * @param stores those that peers are put beside; peers among them take part once
     * @param quick whether each row is run once
     */
    public Peers(List<StoreChoice> stores, boolean quick) {
        Set<StoreChoice> all = new LinkedHashSet<>(stores);
        all.addAll(StoreChoices.peers());
        List<StoreChoice> clients =
                Arrays.stream(PeerClient.values()).map(PeerClient::choice).toList();
        parts = List.of(
                new ClosedLoop(plan(clients, gets(quick), quick)),
                new ClosedLoop(plan(List.copyOf(all), onEntries(), quick)),
                new Probes(stores));
    }

    /** Returns whether results that can be compared with those of another run appear under this scenario. */
    public static boolean isRow(String scenario) {
        return Stream.of(gets(false), onEntries())
                .flatMap(List::stream)
                .anyMatch(row -> row.name().equals(scenario));
    }

    private static Plan plan(List<StoreChoice> stores, List<Scenario> scenarios, boolean quick) {
        return new Plan(
                stores,
                scenarios,
                List.of(1),
                quick ? QUICK_WARM_UPS : WARM_UPS,
                1,
                quick ? 1 : REPETITIONS,
                quick ? 0 : MOST_WARM_UPS,
                new Extent(quick, Duration.ofSeconds(1)));
    }

    private static List<Scenario> gets(boolean quick) {
        // A hit takes microseconds, or a hundred of them, so that there have to be many to see a difference.
        int share = quick ? 4 : 1;
        return List.of(
                new Scenario(
                        "get-hits",
                        "HTTP clients get 100 fresh pages of 1 KiB that they have got before.",
                        Gets.hits(),
                        List.of(new Crowd(1, 1000 / share), new Crowd(8, 500 / share)),
                        Integer.MAX_VALUE),
                new Scenario(
                        "get-misses",
                        "HTTP clients get fresh pages of 1 KiB that nobody has got before.",
                        Gets.misses(),
                        List.of(new Crowd(1, 300 / share), new Crowd(8, 150 / share)),
                        Integer.MAX_VALUE));
    }

    private static List<Scenario> onEntries() {
        return ON_ENTRIES.stream()
                .map(name -> Scenarios.named(name).orElseThrow())
                .map(scenario -> new Scenario(
                        NAME + "-" + scenario.name(),
                        scenario.sentence(),
                        scenario.course(),
                        scenario.crowds(),
                        scenario.mostRepetitions()))
                .toList();
    }

    @Override
    public List<Step> plan() {
        return parts.stream().flatMap(part -> part.plan().stream()).toList();
    }

    @Override
    public List<Result> run(Progress progress) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        try {
            for (Stage part : parts) {
                results.addAll(part.run(progress));
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            if (results.isEmpty()) {
                throw e;
            }
            Thread.currentThread().interrupt();
        }
        return results;
    }
}
