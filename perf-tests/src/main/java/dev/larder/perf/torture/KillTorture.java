package dev.larder.perf.torture;

import dev.larder.cache.CacheStoreException;
import dev.larder.cache.StoreSpec;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kills a process that writes to a SQLite store, opens the file again and looks for what the process had been told was
 * done; and again, with the same file.
 *
 * <p>Now and then the file is a new one, so that its creation is interrupted too. After a round that found something,
 * the file stays as evidence and the next round takes a new one.
 */
public final class KillTorture {
    /** How many bytes of puts may wait in the queue of a child that writes behind. */
    public static final long QUEUE_BYTES = 1 << 20;

    private static final int KEYS = 200;
    private static final int ROUNDS_PER_FILE = 8;
    private static final long PATIENCE_SECONDS = 180;

    // What a child ends with that was killed, as shells number it, too.
    private static final int KILLED = 128 + 9;

    // Started often and never for long.
    private static final List<String> JVM_OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m");

    private final KillPlan plan;
    private final Script.Mix mix;
    private final Consumer<String> findings;
    private final SplittableRandom random;
    private final StageTimes times = new StageTimes();
    private int files;
    private int roundsLeft;
    private @Nullable StoreFiles file;
    private List<Holdings> holdings = List.of();

    private KillTorture(KillPlan plan, Consumer<String> findings) {
        this.plan = plan;
        this.findings = findings;
        mix = plan.behind() ? Script.Mix.RUNS_OF_PUTS : Script.Mix.EVERYTHING;
        random = new SplittableRandom(plan.seed());
    }

    /**
     * Runs all rounds.
     *
     * @param progress is told what came of the rounds until then, after each
     * @param findings is told what was found that must not be
     * @throws IOException if a child cannot be started, or the directory not be used
     */
    public static KillTally run(KillPlan plan, Consumer<KillTally> progress, Consumer<String> findings)
            throws IOException, InterruptedException {
        KillTorture torture = new KillTorture(plan, findings);
        KillTally tally = KillTally.NONE;
        for (int round = 0; round < plan.rounds(); round++) {
            tally = tally.plus(torture.round(round));
            progress.accept(tally);
        }
        return tally;
    }

    private KillTally round(int round) throws IOException, InterruptedException {
        StoreFiles current = currentFile();
        Moment moment = Moment.draw(random, current.isMissing());
        Testimony testimony = new Testimony(plan, mix, round, moment.operations(), holdings);
        KillTally tally;
        try {
            boolean killed = play(round, current, moment, testimony);
            tally = KillTally.round(killed, testimony.acknowledgedWrites()).plus(inspect(round, current, testimony));
        } catch (TortureException e) {
            report(round, e.getMessage());
            tally = KillTally.round(false, testimony.acknowledgedWrites()).plus(KillTally.FAILURE);
        }
        if (!tally.isSound()) {
            file = null;
        }
        return tally;
    }

    private StoreFiles currentFile() throws IOException {
        StoreFiles current = file;
        if (current != null && roundsLeft == 0) {
            current.delete();
            current = null;
        }
        if (current == null) {
            current = new StoreFiles(plan.directory().resolve("kill-" + files++ + ".db"));
            roundsLeft = ROUNDS_PER_FILE;
            holdings = IntStream.range(0, plan.threads())
                    .mapToObj(owner -> new Holdings(KEYS))
                    .toList();
            file = current;
        }
        roundsLeft--;
        return current;
    }

    /** Lets a child write until it is killed, and returns whether it was. */
    private boolean play(int round, StoreFiles current, Moment moment, Testimony testimony)
            throws IOException, InterruptedException {
        List<String> arguments =
                Victim.arguments(spec(current), mix, plan.seed(), round, plan.threads(), KEYS, moment.operations());
        try (ChildJvm child = new ChildJvm(plan.directory(), PATIENCE_SECONDS, JVM_OPTIONS, Victim.class, arguments)) {
            boolean reached = false;
            int acksLeft = moment.acks();
            for (Ack ack = Ack.read(child.out()); ack != null; ack = Ack.read(child.out())) {
                times.note(ack);
                testimony.hear(ack);
                reached |= ack.isStage(moment.stage());
                if (reached && acksLeft-- == 0) {
                    LockSupport.parkNanos(times.delayNanos(moment));
                    child.kill();
                }
            }
            int exitCode = child.exitCode();
            if (child.hung()) {
                throw new TortureException("the child did not get on for " + PATIENCE_SECONDS + " seconds");
            }
            if (exitCode != 0 && exitCode != KILLED) {
                throw new TortureException("the child ended with " + exitCode + ": " + child.complaints());
            }
            return exitCode == KILLED;
        }
    }

    private String spec(StoreFiles current) {
        // The timeout is for machines that do much else.
        return "sqlite:" + StoreSpec.encode(current.path().toString()) + "?operationTimeout=1m"
                + (plan.behind() ? "&durability=behind&queueBytes=" + QUEUE_BYTES : "");
    }

    private KillTally inspect(int round, StoreFiles current, Testimony testimony) throws IOException {
        List<Holdings> found = holdings;
        try {
            if (!current.isMissing()) {
                if (round % 2 == 0) {
                    // In other rounds it is the store that meets what the child has left, and recovers the log.
                    current.checkIntegrity();
                }
                found = Inspection.holdings(spec(current), plan.threads(), KEYS);
                current.checkIntegrity();
                current.checkTables();
                current.checkNothingWasSetAside();
            }
        } catch (TortureException | CacheStoreException e) {
            report(round, e.getMessage());
            return KillTally.CORRUPTION;
        }
        KillTally tally = judge(round, testimony, found);
        holdings = found;
        return tally;
    }

    private KillTally judge(int round, Testimony testimony, List<Holdings> found) {
        long lost = 0;
        long unwritten = 0;
        long unwrittenBytes = 0;
        for (int owner = 0; owner < found.size(); owner++) {
            OwnerLedger.Verdict verdict = testimony.ledgers().get(owner).judge(found.get(owner));
            if (verdict.fault() != null) {
                report(round, verdict.fault());
            }
            lost += verdict.wrongKeys();
            unwritten += verdict.unwrittenPuts();
            unwrittenBytes += verdict.unwrittenBytes();
        }
        if (unwrittenBytes > QUEUE_BYTES) {
            report(round, unwrittenBytes + " bytes of accepted puts are missing, and the queue holds " + QUEUE_BYTES);
            lost++;
        }
        return KillTally.missing(lost, unwritten, unwrittenBytes);
    }

    private void report(int round, @Nullable String finding) {
        findings.accept("round " + round + " of seed " + plan.seed() + ": " + finding);
    }
}
