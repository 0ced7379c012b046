package dev.larder.perf.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The SQLite store beside raw JDBC. */
final class SqliteLimits {
    private static final int SOME = 8;
    private static final int MANY = 32;
    /** As many as the store puts into one transaction at most. */
    private static final int GROUP = 1024;

    private static final int BATCH = 100;

    private SqliteLimits() {}

    static List<Comparison> over(StoreFiles files, Rows rows, Effort effort) {
        List<Comparison> all = new ArrayList<>();
        Gets gets = new Gets(files, rows, effort.rows());
        addGets(all, gets, "100,000");
        all.add(new Duel(
                Limit.throughput("get, 8 callers, 100,000 rows, bound near", null),
                gets.oursNearBound(SOME),
                gets.floor(SOME),
                SOME));
        if (effort.manyRows() > 0) {
            Gets manyGets = new Gets(files, rows, effort.manyRows());
            addGets(all, manyGets, "2,000,000");
            all.add(new Duel(
                    Limit.time("get at 2,000,000 rows beside 100,000, 1 caller", Target.atMost(1.5)),
                    manyGets.ours(1),
                    gets.ours(1),
                    1));
        }
        Puts puts = new Puts(files, rows, effort.rows());
        all.add(new Duel(
                Limit.throughput("put behind, 32 callers", Target.atLeast(0.90)),
                puts.oursBehind(MANY),
                puts.floor(GROUP),
                GROUP));
        all.add(new Duel(
                Limit.throughput("put committed, 32 callers", Target.atLeast(0.90)),
                puts.oursCommitted(MANY),
                puts.floor(MANY),
                MANY));
        all.add(new Duel(
                Limit.throughput("put committed, 1 caller", Target.atLeast(0.75)),
                puts.oursCommitted(1),
                puts.floor(1),
                1));
        all.add(new Duel(
                Limit.throughput("getAll of 100, 1 caller", Target.atLeast(0.90)),
                gets.ourBatches(BATCH),
                gets.floorBatches(BATCH),
                1));
        all.add(new Duel(
                Limit.throughput("putAll of 100, 1 caller", Target.atLeast(0.90)),
                puts.ourBatches(BATCH),
                puts.floorBatches(BATCH),
                1));
        EvictingPuts evicting = new EvictingPuts(files, rows, effort.rows());
        for (int callers : new int[] {1, SOME}) {
            String who = callers == 1 ? "1 caller" : callers + " callers";
            all.add(new Duel(
                    List.of(
                            Limit.p99("put committed into a full store, " + who + ", p99", Target.atMost(3)),
                            Limit.throughput("put committed into a full store, " + who, null)),
                    evicting.full(callers),
                    evicting.roomy(callers),
                    callers));
        }
        Openings openings = new Openings(files, effort);
        all.add(new Duel(
                List.of(
                        Limit.time("open and close a 1 GiB file, beside an empty file", null),
                        Limit.timeAllowed("open and close a 1 GiB file, beside 0.5 s", 0.5)),
                openings.large(),
                openings.empty(),
                1));
        all.add(new Duel(Limit.allocation("bytes allocated per get"), gets.ours(1), gets.floor(1), 1));
        all.add(new Duel(Limit.allocation("bytes allocated per put"), puts.oursCommitted(1), puts.floor(1), 1));
        return all;
    }

    private static void addGets(List<Comparison> all, Gets gets, String rows) {
        for (int callers : new int[] {1, SOME}) {
            String name = String.format(
                    Locale.ROOT, "get, %d %s, %s rows", callers, callers == 1 ? "caller" : "callers", rows);
            all.add(new Duel(
                    Limit.throughput(name, Target.atLeast(0.90)), gets.ours(callers), gets.floor(callers), callers));
        }
    }
}
