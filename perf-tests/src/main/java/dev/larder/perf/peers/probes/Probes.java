package dev.larder.perf.peers.probes;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.StoreCapability;
import dev.larder.perf.peers.clients.FreshPages;
import dev.larder.perf.peers.clients.Getter;
import dev.larder.perf.peers.clients.PeerClient;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.SharedClient;
import dev.larder.perf.suite.Stage;
import dev.larder.perf.suite.Step;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import dev.larder.perf.suite.SuiteException;
import dev.larder.perf.suite.TemporaryDirectory;
import dev.larder.perf.upstream.Upstream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out by doing it what stores and clients can do, so that whoever reads that one cannot has the message that it gave.
 *
 * <p>Stores are probed that keep something on disk and that the suite itself finds a place for: one of a spec is somebody's,
 * and a probe damages it. All are opened by one other process, which is killed once.
 */
public final class Probes implements Stage {
    /** Under what the results appear. */
    public static final String NAME = "probe";

    private static final double SECONDS_EACH = 3;
    private static final int DAMAGED = Sandbox.OLD / 2;

    private final List<StoreChoice> stores;
    private final List<PeerClient> clients;

    /** Makes the stage for the samples and baselines among {@code stores}, all peers, and all clients. */
    public Probes(List<StoreChoice> stores) {
        this(withPeers(stores), List.of(PeerClient.values()));
    }

    /** Makes the stage for these and no others. */
    Probes(List<StoreChoice> stores, List<PeerClient> clients) {
        this.stores = List.copyOf(stores);
        this.clients = List.copyOf(clients);
    }

    private static List<StoreChoice> withPeers(List<StoreChoice> stores) {
        List<String> samples =
                StoreChoices.all().stream().map(StoreChoice::name).toList();
        Set<StoreChoice> probed = new LinkedHashSet<>();
        stores.stream()
                .filter(store -> store.isBaseline() || samples.contains(store.name()))
                .forEach(probed::add);
        probed.addAll(StoreChoices.peers());
        return List.copyOf(probed);
    }

    @Override
    public List<Step> plan() {
        return Arrays.stream(Probe.values())
                .map(probe -> new Step(NAME + ", " + probe.label(), SECONDS_EACH, false))
                .toList();
    }

    @Override
    public List<ProbeResult> run(Progress progress) throws InterruptedException {
        List<ProbeResult> results = new ArrayList<>();
        String place;
        try (Upstream origin = Upstream.serve(FreshPages::at);
                TemporaryDirectory directory = TemporaryDirectory.create()) {
            place = directory.path() + "/";
            progress.step(NAME + ", " + Probe.POST.label());
            for (PeerClient client : clients) {
                results.add(post(client, origin, directory.path().resolve("posts-" + client.name())));
            }
            Sandbox sandbox = new Sandbox(directory.path(), origin.uri(), onDisk(results));
            progress.step(NAME + ", " + Probe.PROCESSES.label());
            try (OtherProcess other = OtherProcess.start(sandbox)) {
                for (int i = 0; i < sandbox.subjects().size(); i++) {
                    results.add(processes(sandbox, other, i));
                }
                progress.step(NAME + ", " + Probe.KILL.label());
                other.keepNewAndDie();
                for (int i = 0; i < sandbox.subjects().size(); i++) {
                    results.add(kill(sandbox, other.complaint(i), i));
                }
            }
            progress.step(NAME + ", " + Probe.DAMAGE.label());
            for (int i = 0; i < sandbox.subjects().size(); i++) {
                results.add(damage(sandbox, i));
            }
        } catch (IOException e) {
            throw new SuiteException("the probes could not be run to their end: " + e.getMessage(), e);
        }
        return results.stream().map(result -> result.without(place)).toList();
    }

    /** Returns who can be probed on disk; of a baseline that cannot be opened at all, a result says so. */
    private List<Subject> onDisk(List<ProbeResult> results) {
        List<Subject> subjects = new ArrayList<>();
        for (StoreChoice store : stores) {
            try {
                Set<StoreCapability> capabilities = Subject.capabilities(store);
                if (capabilities.contains(StoreCapability.PERSISTENT)) {
                    subjects.add(Subject.of(store, capabilities));
                }
            } catch (CacheStoreException e) {
                if (!store.isBaseline()) {
                    throw e;
                }
                results.add(
                        new ProbeResult(store, Probe.PROCESSES, "cannot be opened here", Finding.message(e), 0, null));
            }
        }
        clients.stream().filter(PeerClient::isOnDisk).map(Subject::of).forEach(subjects::add);
        return subjects;
    }

    private static ProbeResult post(PeerClient client, Upstream origin, Path directory) throws InterruptedException {
        return Finding.about(Subject.of(client), Probe.POST, () -> {
            try (Getter getter = client.open(SharedClient.open(), Files.createDirectories(directory))) {
                URI uri = origin.uri().resolve(FreshPages.path(0));
                byte[] question = "the same question".getBytes(StandardCharsets.UTF_8);
                long before = origin.calls();
                boolean right = true;
                for (int i = 0; i < 2; i++) {
                    right &= Arrays.equals(getter.preparePost(uri, question).send(), FreshPages.body(0));
                }
                long calls = origin.calls() - before;
                String evidence = calls + " of 2 calls reached the upstream";
                if (!right) {
                    return Finding.bad("answers wrongly", evidence);
                }
                return calls == 1
                        ? Finding.good("answers from the cache", evidence)
                        : Finding.bad("sends it again", evidence);
            }
        });
    }

    private static ProbeResult processes(Sandbox sandbox, OtherProcess other, int i) throws InterruptedException {
        Subject subject = sandbox.subjects().get(i);
        return Finding.about(subject, Probe.PROCESSES, () -> {
            if (!other.complaint(i).isEmpty()) {
                return Finding.bad("fails", other.complaint(i));
            }
            String seenHere;
            try (Keeper keeper = opened(sandbox, Probe.PROCESSES, i)) {
                seenHere = keeper.find(0).name();
                keeper.keep(Sandbox.OF_THE_OTHER);
            } catch (CannotOpen e) {
                return new Finding("is refused", Finding.message(e), subject.isShared());
            }
            // Only now: a client may still be writing until it is closed.
            return shared(seenHere, other.find(i, Sandbox.OF_THE_OTHER), other.find(i, 0));
        });
    }

    private static Finding shared(String seenHere, String seenThere, String stillThere) {
        String found = Keeper.Found.RIGHT.name();
        String evidence = "the second found of the first: " + seenHere + "; the first of the second: " + seenThere
                + ", and its own: " + stillThere;
        if (!stillThere.equals(found)) {
            return Finding.bad("harms the first", evidence);
        }
        return seenHere.equals(found) && seenThere.equals(found)
                ? Finding.good("share it", evidence)
                : Finding.bad("opens, does not see the other", evidence);
    }

    private static ProbeResult kill(Sandbox sandbox, String complaint, int i) throws InterruptedException {
        return Finding.about(sandbox.subjects().get(i), Probe.KILL, () -> {
            if (!complaint.isEmpty()) {
                return Finding.bad("fails", complaint);
            }
            try (Keeper keeper = opened(sandbox, Probe.KILL, i)) {
                Tally old = Tally.of(keeper, 0, Sandbox.OLD);
                Tally newest = Tally.of(keeper, Sandbox.OLD, Sandbox.OLD + Sandbox.NEW);
                return left(old, newest);
            } catch (CannotOpen e) {
                return Finding.bad("cannot open it any more", Finding.message(e));
            }
        });
    }

    private static Finding left(Tally old, Tally newest) {
        String evidence = "older ones: " + old + "; the newest: " + newest;
        if (old.wrong() + newest.wrong() > 0) {
            return Finding.bad("serves a wrong answer", evidence);
        }
        if (old.failed() + newest.failed() > 0) {
            return Finding.bad("fails calls", evidence);
        }
        if (old.isWhole()) {
            return Finding.good(newest.isWhole() ? "keeps all" : "loses the newest", evidence);
        }
        return Finding.bad(old.right() + newest.right() == 0 ? "loses all" : "loses some", evidence);
    }

    private static ProbeResult damage(Sandbox sandbox, int i) throws InterruptedException {
        Subject subject = sandbox.subjects().get(i);
        return Finding.about(subject, Probe.DAMAGE, () -> {
            try (Keeper keeper = sandbox.open(Probe.DAMAGE, i)) {
                for (int number = 0; number < Sandbox.OLD; number++) {
                    keeper.keep(number);
                }
                keeper.settle();
            }
            int places = Damage.to(sandbox.place(Probe.DAMAGE, i), subject.trace(DAMAGED));
            if (places == 0) {
                return Finding.good("cannot be told", "the answer does not stand in any file once it is closed");
            }
            try (Keeper keeper = opened(sandbox, Probe.DAMAGE, i)) {
                return harm(Tally.of(keeper, 0, Sandbox.OLD));
            } catch (CannotOpen e) {
                return Finding.bad("cannot open it any more", Finding.message(e));
            }
        });
    }

    private static Finding harm(Tally all) {
        String evidence = "found " + all;
        if (all.wrong() > 0) {
            return Finding.bad("serves it damaged", evidence);
        }
        if (all.failed() > 0) {
            return Finding.bad("fails calls", evidence);
        }
        if (all.isWhole()) {
            return Finding.good("keeps all", evidence);
        }
        if (all.nothing() == 1) {
            return Finding.good("loses that answer", evidence);
        }
        return Finding.bad(all.right() == 0 ? "loses all" : "loses others too", evidence);
    }

    /** Says that what was there before cannot be opened. */
    private static final class CannotOpen extends Exception {
        private static final long serialVersionUID = 1;

        CannotOpen(Exception cause) {
            super(cause);
        }
    }

    private static Keeper opened(Sandbox sandbox, Probe probe, int i) throws CannotOpen {
        try {
            return sandbox.open(probe, i);
        } catch (Exception e) {
            throw new CannotOpen(e);
        }
    }
}
