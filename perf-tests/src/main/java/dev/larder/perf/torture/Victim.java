package dev.larder.perf.torture;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The child that is killed: opens a store, lets every owner play their script, and tells of every call that returned. */
final class Victim {
    /** How the child ends when something went wrong that should not have. */
    static final int FAILED = 3;

    private Victim() {}

    /**
     * Runs the child.
     *
     * @param args see {@link #arguments}
     */
    public static void main(String[] args) {
        OutputStream acks = new FileOutputStream(FileDescriptor.out);
        // Whatever else speaks must not garble the acknowledgements.
        System.setOut(System.err);
        try {
            play(args, acks);
        } catch (Throwable e) {
            fail(e);
        }
    }

    static List<String> arguments(
            String spec, Script.Mix mix, long seed, int round, int owners, int keys, int operations) {
        return List.of(
                spec,
                mix.name(),
                Long.toString(seed),
                Integer.toString(round),
                Integer.toString(owners),
                Integer.toString(keys),
                Integer.toString(operations));
    }

    private static void play(String[] args, OutputStream acks) throws IOException, InterruptedException {
        Script.Mix mix = Script.Mix.valueOf(args[1]);
        long seed = Long.parseLong(args[2]);
        int round = Integer.parseInt(args[3]);
        int owners = Integer.parseInt(args[4]);
        int keys = Integer.parseInt(args[5]);
        int operations = Integer.parseInt(args[6]);
        Ack.of(Ack.Stage.OPENING).writeTo(acks);
        CacheStore store = CacheStores.open(args[0]);
        Ack.of(Ack.Stage.OPEN).writeTo(acks);
        List<Thread> threads = new ArrayList<>();
        for (int owner = 0; owner < owners; owner++) {
            Performer performer = new Performer(store, owner);
            Script script = new Script(mix, seed, round, owner, keys);
            int number = owner;
            threads.add(new Thread(() -> play(performer, script, number, operations, acks), "owner-" + owner));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Ack.of(Ack.Stage.CLOSING).writeTo(acks);
        store.close();
        Ack.of(Ack.Stage.CLOSED).writeTo(acks);
    }

    private static void play(Performer performer, Script script, int owner, int operations, OutputStream acks) {
        try {
            for (int i = 0; i < operations; i++) {
                Ack.of(owner, i, performer.perform(script.next())).writeTo(acks);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Ends everything at once: the others could go on for long, and an orderly end would hide what was wrong. */
    private static void fail(Throwable e) {
        e.printStackTrace();
        Runtime.getRuntime().halt(FAILED);
    }
}
