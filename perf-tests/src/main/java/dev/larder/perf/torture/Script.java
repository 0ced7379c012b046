package dev.larder.perf.torture;

import dev.larder.perf.torture.Op.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What one thread does, one operation after the other, without end: the same for the same numbers, wherever it is
 * asked. Not for several threads.
 */
final class Script {
    /** How often which operation comes up. */
    enum Mix {
        /** Everything that a store can do, writes before all. */
        EVERYTHING,
        /** Long runs of puts, between operations that wait until these are written. */
        RUNS_OF_PUTS;

        /** Returns how many of a hundred operations are of this kind. */
        private int percent(Kind kind) {
            boolean runs = this == RUNS_OF_PUTS;
            return switch (kind) {
                case PUT -> runs ? 65 : 45;
                case PUT_ASYNC -> runs ? 15 : 10;
                case PUT_ALL -> 8;
                case GET -> runs ? 8 : 17;
                case GET_ALL -> runs ? 1 : 3;
                case REMOVE -> runs ? 1 : 13;
                case REMOVE_TAGGED -> runs ? 1 : 3;
                case FLUSH -> 1;
            };
        }

        private Kind draw(SplittableRandom random) {
            int left = random.nextInt(100);
            for (Kind kind : Kind.values()) {
                left -= percent(kind);
                if (left < 0) {
                    return kind;
                }
            }
            throw new AssertionError("the percentages do not add up to 100");
        }
    }

    private static final int MOST_AT_ONCE = 20;

    private final Mix mix;
    private final int keys;
    private final long firstVersion;
    private final SplittableRandom random;
    private int number;

    /**
     * Begins a script.
     *
     * @param round tells apart the scripts of an owner, and their versions: not negative
     * @param keys how many keys the owner has
     */
    Script(Mix mix, long seed, int round, int owner, int keys) {
        this.mix = mix;
        this.keys = keys;
        firstVersion = (long) round << Integer.SIZE;
        random = new SplittableRandom(seed * 31 + firstVersion + owner);
    }

    Op next() {
        Kind kind = mix.draw(random);
        long version = firstVersion + number++;
        return switch (kind) {
            case PUT, PUT_ASYNC, GET, REMOVE -> new Op(kind, List.of(random.nextInt(keys)), version, 0);
            case PUT_ALL, GET_ALL -> new Op(kind, several(), version, 0);
            case REMOVE_TAGGED -> new Op(kind, List.of(), version, tag());
            case FLUSH -> new Op(kind, List.of(), version, 0);
        };
    }

    private List<Integer> several() {
        int count = random.nextInt(1, MOST_AT_ONCE + 1);
        Set<Integer> indexes = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            indexes.add(random.nextInt(keys));
        }
        return List.copyOf(indexes);
    }

    /** Rarely the tag that most entries carry: what is left would be little. */
    private int tag() {
        return random.nextInt(20) == 0 ? Contents.COMMON_TAG : random.nextInt(Contents.TAGS);
    }
}
