package dev.larder.perf.torture;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of many processes on one file. Waits for a line before it opens the file, so that all can begin at once. */
final class CrowdProcess {
    private CrowdProcess() {}

    /**
     * Runs the process.
     *
     * @param args see {@link #arguments}
     */
    public static void main(String[] args) {
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err);
        try {
            play(args, out);
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(Victim.FAILED);
        }
    }

    static List<String> arguments(CrowdPlan plan, String spec, int process) {
        return List.of(
                spec,
                Integer.toString(process),
                Integer.toString(plan.processes()),
                Integer.toString(plan.threads()),
                Integer.toString(plan.seconds()),
                Integer.toString(plan.operations()),
                Boolean.toString(plan.bounded()),
                Long.toString(plan.seed()));
    }

    private static void play(String[] args, DataOutputStream out) throws IOException, InterruptedException {
        int process = Integer.parseInt(args[1]);
        int processes = Integer.parseInt(args[2]);
        int threads = Integer.parseInt(args[3]);
        int seconds = Integer.parseInt(args[4]);
        int operations = Integer.parseInt(args[5]);
        boolean bounded = Boolean.parseBoolean(args[6]);
        long seed = Long.parseLong(args[7]);
        Ack.of(Ack.Stage.OPENING).writeTo(out);
        if (System.in.read() != '\n') {
            return;
        }
        List<CrowdMember> members = new ArrayList<>();
        CacheStore store = CacheStores.open(args[0]);
        Ack.of(Ack.Stage.OPEN).writeTo(out);
        for (int i = 0; i < threads; i++) {
            int owner = process * threads + i;
            Script script = new Script(Script.Mix.EVERYTHING, seed, 0, owner, CrowdPlan.KEYS);
            members.add(new CrowdMember(store, script, owner, processes * threads, bounded, seed));
        }
        run(members, operations, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds == 0 ? 3600 : seconds));
        Ack.of(Ack.Stage.CLOSING).writeTo(out);
        store.close();
        Ack.of(Ack.Stage.CLOSED).writeTo(out);
        report(members, store.stats().evictions()).writeTo(out);
    }

    private static void run(List<CrowdMember> members, int operations, long endsAtNanos) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (CrowdMember member : members) {
            threads.add(new Thread(() -> member.play(operations, endsAtNanos), "owner-" + member.owner()));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static CrowdReport report(List<CrowdMember> members, long evicted) {
        CallRecorder calls = new CallRecorder();
        members.forEach(member -> calls.add(member.calls()));
        return new CrowdReport(
                members.stream().flatMap(member -> member.findings().stream()).toList(),
                calls,
                evicted,
                members.stream().map(CrowdMember::held).toList());
    }
}
