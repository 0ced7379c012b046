package dev.larder.perf.scenarios.hitrate;

/**
 * What came of a trace, under these names in JSON.
 *
 * @param exponent of Zipf's law
 * @param bound what the bound is called
 * @param maxBytes the bound
 * @param bounded whether the store could be given that bound; if not, it had its own
 * @param calls how many there were
 * @param ratio which part of them the store answered
 * @param optimum which part can be answered by entries of which only keys and contents take room
 * @param caffeine which part Caffeine answered, where entries take as little
 * @param ofOptimum the store's part of what can be
 * @param ofCaffeine the store's part of Caffeine's
 */
record Traced(
        double exponent,
        String bound,
        long maxBytes,
        boolean bounded,
        int calls,
        double ratio,
        double optimum,
        double caffeine,
        double ofOptimum,
        double ofCaffeine) {

    static Traced of(double exponent, Bound bound, boolean bounded, int calls, int hits, int optimum, int caffeine) {
        return new Traced(
                exponent,
                bound.name(),
                bound.maxBytes(),
                bounded,
                calls,
                ratio(hits, calls),
                ratio(optimum, calls),
                ratio(caffeine, calls),
                ratio(hits, optimum),
                ratio(hits, caffeine));
    }

    private static double ratio(int part, int all) {
        return part / (double) Math.max(1, all);
    }
}
