package dev.larder.perf.scenarios.held;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Tells a leak from noise, by what was held after each of several rounds of the same work.
 *
 * <p>Handles and threads leak if there are more after each round than after the one before it. What is opened once and
 * kept does not do that; what is opened when it is first needed, such as the connections of a pool, may for some rounds,
 * so more rounds are needed where it {@linkplain #isSuspected() seems} so. Of every five steps one may go the other way:
 * what else goes on in the JVM closes files, too. The heap leaks if it has grown by more than {@value #HEAP_BYTES} bytes
 * between the second round and the last: the first one fills caches, and the work of a round is more than that.
 */
final class Leaks {
    static final long HEAP_BYTES = 8L << 20;

    private final List<Held> rounds;

    /** @param rounds at least three */
    Leaks(List<Held> rounds) {
        this.rounds = List.copyOf(rounds);
    }

    /** Returns whether handles or threads have grown in each round so far, or in all but one. */
    boolean isSuspected() {
        return grows(Held::fileHandles, 1) || grows(Held::threads, 1);
    }

    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (grows(Held::fileHandles, steps() / 5)) {
            faults.add("each of " + rounds.size() + " rounds of the same work leaves more file handles open: "
                    + figures(Held::fileHandles));
        }
        if (grows(Held::threads, steps() / 5)) {
            faults.add("each of " + rounds.size() + " rounds of the same work leaves more threads: "
                    + figures(Held::threads));
        }
        long grown = last().heapBytes() - rounds.get(1).heapBytes();
        if (grown > HEAP_BYTES) {
            faults.add("the heap has grown by " + grown + " bytes from the second to the last of " + rounds.size()
                    + " rounds of the same work: " + figures(Held::heapBytes));
        }
        return faults;
    }

    private Held last() {
        return rounds.get(rounds.size() - 1);
    }

    private int steps() {
        return rounds.size() - 1;
    }

    /** Returns whether a figure has grown from the first round to the last, and in all steps but at most so many. */
    private boolean grows(ToLongFunction<Held> figure, int exceptions) {
        long[] figures = rounds.stream().mapToLong(figure).toArray();
        long steps = IntStream.range(1, figures.length)
                .filter(i -> figures[i] > figures[i - 1])
                .count();
        return steps >= steps() - exceptions && figures[figures.length - 1] > figures[0];
    }

    private String figures(ToLongFunction<Held> figure) {
        return String.join(
                ", ",
                rounds.stream()
                        .map(held -> Long.toString(figure.applyAsLong(held)))
                        .toList());
    }

    /** Returns by how much a figure has grown in each round after the second one. */
    double perRound(ToLongFunction<Held> figure) {
        return (figure.applyAsLong(last()) - figure.applyAsLong(rounds.get(1))) / (double) (rounds.size() - 2);
    }
}
