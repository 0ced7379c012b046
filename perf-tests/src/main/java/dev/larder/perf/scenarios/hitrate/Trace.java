package dev.larder.perf.scenarios.hitrate;

import dev.larder.perf.steady.Zipf;
import dev.larder.perf.suite.SplitMix;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Which entries calls ask for, one after another, each by its number. The same one in every run. */
public final class Trace {
    private static final long SEED = 1;

    private final int population;
    private final int[] numbers;

    Trace(int population, int... numbers) {
        this.population = population;
        this.numbers = numbers.clone();
    }

    /**
     * Returns calls for entries of which each is as popular as Zipf's law says, 0 the most.
     *
     * @param population how many entries there are
     * @param calls how long the trace is
     * @param exponent how much more popular the first ones are than the others
     */
    public static Trace zipf(int population, int calls, double exponent) {
        Zipf popularity = new Zipf(population, exponent);
        int[] numbers = new int[calls];
        Arrays.setAll(numbers, call -> popularity.rank(SplitMix.unit(SEED, call)));
        return new Trace(population, numbers);
    }

    /** Returns how many calls there are. */
    public int length() {
        return numbers.length;
    }

    /** Returns the entry that a call asks for, both from 0. */
    int number(int call) {
        return numbers[call];
    }

    /** Returns how many entries there are, those that nobody asks for included. */
    int population() {
        return population;
    }

    /** Returns how many calls whoever keeps everything answers: all but the first for each entry. */
    public int mostHits() {
        return numbers.length
                - Math.toIntExact(Arrays.stream(numbers).distinct().count());
    }

    /**
     * Makes the calls, and returns how many of them were answered.
     *
     * @param cache is asked for each entry: it says whether it has it, and may keep it from then on
     */
    public int hits(IntPredicate cache) {
        int hits = 0;
        for (int number : numbers) {
            if (cache.test(number)) {
                hits++;
            }
        }
        return hits;
    }
}
