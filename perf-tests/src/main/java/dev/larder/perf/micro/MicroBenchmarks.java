package dev.larder.perf.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every micro benchmark there is, in the order of tables. */
final class MicroBenchmarks {
    private static final int MANY = 10_000;
    private static final List<Integer> SIZES = List.of(20, 50, 100, 1000);
    private static final List<Integer> BATCHES = List.of(100, 1000);

    private MicroBenchmarks() {}

    static List<MicroBenchmark> all() {
        List<MicroBenchmark> all = new ArrayList<>(List.of(
                get("get hit", "Gets one of 10,000 entries.", "hit", MANY),
                get("get miss", "Looks for a key that is not there, among 10,000 entries.", "miss", MANY)));
        for (int size : SIZES) {
            all.add(get("lookup among " + count(size), "Gets one of " + count(size) + " entries.", "hit", size));
        }
        for (int keys : BATCHES) {
            all.add(new MicroBenchmark(
                    "getAll " + count(keys),
                    "Gets " + count(keys) + " of 10,000 entries at once.",
                    GetAllBenchmark.class,
                    "getAll",
                    Map.of("keys", Integer.toString(keys)),
                    true));
        }
        all.add(onStore("put new", "Puts an entry under a new key.", PutNewBenchmark.class, "put"));
        all.add(onStore("put over", "Puts an entry in place of another.", PutOverBenchmark.class, "put"));
        all.add(onStore("putAll 5", "Puts five entries under new keys at once.", PutAllBenchmark.class, "putAll"));
        all.add(onStore("remove", "Removes an entry that is there.", RemoveBenchmark.class, "remove"));
        all.add(onStore(
                "get tagged", "Gets one of 1,000 entries with two tags each.", GetTaggedBenchmark.class, "get"));
        all.add(onStore(
                "remove tagged",
                "Removes the one entry that has a tag, among 1,200 entries with two tags each.",
                RemoveTaggedBenchmark.class,
                "remove"));
        all.add(onStore(
                "put, get, put, remove",
                "Puts an entry under a new key, gets it, replaces and removes it.",
                SequenceBenchmark.class,
                "live"));
        all.add(alone("key hashing", "Hashes a URI and a body of 1 KiB.", KeyBenchmark.class, "hash"));
        all.add(onCall(
                "request key, explained",
                "Finds a POST's rule and key, and nothing under it; explains it.",
                "requestKey"));
        all.add(onCall(
                "freshness decision, explained",
                "Finds the kept answer to a GET in memory, and that it is fresh; explains it.",
                "freshness"));
        all.add(onCall("entry decoding, in a hit", "Answers a GET from memory.", "decoding"));
        all.add(onCall(
                "entry encoding, in a refresh",
                "Takes a GET's answer of 1 KiB from an upstream without a network, and keeps it in memory.",
                "encoding"));
        all.add(onCall(
                "bypass, for comparison",
                "Takes the same answer past the cache: what the call alone costs.",
                "bypass"));
        return all;
    }

    private static MicroBenchmark get(String name, String sentence, String method, int entries) {
        return new MicroBenchmark(
                name, sentence, GetBenchmark.class, method, Map.of("entries", Integer.toString(entries)), true);
    }

    private static MicroBenchmark onStore(String name, String sentence, Class<?> type, String method) {
        return new MicroBenchmark(name, sentence, type, method, Map.of(), true);
    }

    private static MicroBenchmark onCall(String name, String sentence, String method) {
        return alone(name, sentence, CallBenchmark.class, method);
    }

    private static MicroBenchmark alone(String name, String sentence, Class<?> type, String method) {
        return new MicroBenchmark(name, sentence, type, method, Map.of(), false);
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
