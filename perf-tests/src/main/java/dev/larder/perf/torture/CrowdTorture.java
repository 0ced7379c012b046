package dev.larder.perf.torture;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreSpec;
import dev.larder.cache.StoreStats;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets many processes with many threads each loose on one SQLite file that does not exist before, all at the same
 * instant, and compares what they found and left with what a sound store must show.
 */
public final class CrowdTorture {
    private static final long PATIENCE_SECONDS = 300;
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m");

    private final CrowdPlan plan;
    private final Consumer<String> progress;
    private final Consumer<String> findings;
    private final StoreFiles files;
    private final CallRecorder calls = new CallRecorder();
    private final List<Holdings> held = new ArrayList<>();
    private long failed;
    private long lost;
    private long corrupt;
    private long evicted;

    private CrowdTorture(CrowdPlan plan, Consumer<String> progress, Consumer<String> findings) {
        this.plan = plan;
        this.progress = progress;
        this.findings = findings;
        files = new StoreFiles(plan.directory().resolve("crowd.db"));
    }

    /**
     * Runs it.
     *
     * @param progress is told how far it got
     * @param findings is told what was found that must not be
     * @throws IOException if a process cannot be started, or the directory not be used
     */
    public static CrowdTally run(CrowdPlan plan, Consumer<String> progress, Consumer<String> findings)
            throws IOException, InterruptedException {
        return new CrowdTorture(plan, progress, findings).run();
    }

    private CrowdTally run() throws IOException, InterruptedException {
        List<ChildJvm> processes = new ArrayList<>();
        try {
            start(processes);
            for (ChildJvm process : processes) {
                listen(process);
            }
        } catch (TortureException e) {
            failed++;
            findings.accept(String.valueOf(e.getMessage()));
        } finally {
            for (ChildJvm process : processes) {
                process.close();
            }
        }
        if (failed == 0) {
            inspect();
        }
        return new CrowdTally(calls.count(), failed, lost, corrupt, evicted, calls.times());
    }

    private void start(List<ChildJvm> processes) throws IOException, InterruptedException {
        for (int process = 0; process < plan.processes(); process++) {
            processes.add(new ChildJvm(
                    plan.directory(),
                    plan.seconds() + PATIENCE_SECONDS,
                    JVM_OPTIONS,
                    CrowdProcess.class,
                    CrowdProcess.arguments(plan, spec(), process)));
        }
        for (ChildJvm process : processes) {
            expect(process, Ack.Stage.OPENING);
        }
        for (ChildJvm process : processes) {
            process.in().write('\n');
            process.in().flush();
        }
        for (ChildJvm process : processes) {
            expect(process, Ack.Stage.OPEN);
        }
        progress.accept(plan.processes() + " processes have opened the file, each with " + plan.threads() + " threads");
    }

    private void listen(ChildJvm process) throws IOException, InterruptedException {
        expect(process, Ack.Stage.CLOSING);
        expect(process, Ack.Stage.CLOSED);
        CrowdReport report;
        try {
            report = CrowdReport.read(process.out());
        } catch (EOFException e) {
            throw ended(process);
        }
        if (process.exitCode() != 0) {
            throw ended(process);
        }
        report.findings().forEach(findings);
        failed += report.findings().size();
        calls.add(report.calls());
        evicted += report.evicted();
        held.addAll(report.held());
        progress.accept("a process has ended, " + calls.count() + " calls were made");
    }

    private static void expect(ChildJvm process, Ack.Stage stage) throws IOException, InterruptedException {
        Ack ack = Ack.read(process.out());
        if (ack == null || !ack.isStage(stage)) {
            throw ended(process);
        }
    }

    private static TortureException ended(ChildJvm process) throws IOException, InterruptedException {
        return new TortureException(
                (process.hung() ? "a process hung: " : "a process ended with " + process.exitCode() + ": ")
                        + process.complaints());
    }

    private String spec() {
        return "sqlite:" + StoreSpec.encode(files.path().toString()) + "?operationTimeout=" + plan.operationTimeout()
                + "s" + (plan.bounded() ? "&maxEntries=" + plan.maxEntries() + "&maxBytes=" + plan.maxBytes() : "");
    }

    private void inspect() throws IOException {
        try {
            files.checkIntegrity();
            if (plan.bounded()) {
                checkBounds();
            }
            List<Holdings> found = Inspection.holdings(
                    "sqlite:" + StoreSpec.encode(files.path().toString()), plan.owners(), CrowdPlan.KEYS);
            for (int owner = 0; owner < plan.owners(); owner++) {
                compare(owner, held.get(owner), found.get(owner));
            }
            files.checkIntegrity();
            files.checkTables();
            files.checkNothingWasSetAside();
        } catch (TortureException | CacheStoreException e) {
            corrupt++;
            findings.accept(String.valueOf(e.getMessage()));
        }
    }

    private void checkBounds() {
        try (CacheStore store = CacheStores.open(spec())) {
            store.flush(Deadline.never());
            StoreStats stats = store.stats();
            if (stats.entries() > plan.maxEntries() || stats.bytes() > plan.maxBytes()) {
                throw new TortureException("the store exceeds its bounds of " + plan.maxEntries() + " entries and "
                        + plan.maxBytes() + " bytes: " + stats);
            }
        }
    }

    private void compare(int owner, Holdings left, Holdings found) {
        for (int index = 0; index < left.size(); index++) {
            boolean mayBeEvicted = plan.bounded() && found.get(index) == Contents.ABSENT;
            if (found.get(index) != left.get(index) && !mayBeEvicted) {
                lost++;
                findings.accept("in the end key " + index + " of owner " + owner + " holds "
                        + Contents.text(found.get(index)) + " instead of " + Contents.text(left.get(index)));
            }
        }
    }
}
