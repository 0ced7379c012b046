package dev.larder.perf.torture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What one owner's keys hold, by version: what a sound store must agree with. Not for several threads. */
final class Holdings {
    private final long[] versions;

    /** Begins with nothing under any of {@code keys} keys. */
    Holdings(int keys) {
        versions = new long[keys];
        Arrays.fill(versions, Contents.ABSENT);
    }

    private Holdings(long[] versions) {
        this.versions = versions;
    }

    Holdings copy() {
        return new Holdings(versions.clone());
    }

    int size() {
        return versions.length;
    }

    long get(int index) {
        return versions[index];
    }

    void set(int index, long version) {
        versions[index] = version;
    }

    /** Returns the keys that the operation may change. */
    List<Integer> touched(Op op) {
        if (op.kind() != Op.Kind.REMOVE_TAGGED) {
            return op.isPut() || op.kind() == Op.Kind.REMOVE ? op.indexes() : List.of();
        }
        return IntStream.range(0, versions.length)
                .filter(index -> Contents.carries(index, versions[index], op.tag()))
                .boxed()
                .toList();
    }

    /** Returns what the keys that the operation touches hold after it. */
    static long after(Op op) {
        return op.isPut() ? op.version() : Contents.ABSENT;
    }

    /** Returns what the operation finds, in the numbers that its kind speaks of. */
    List<Long> expected(Op op) {
        return switch (op.kind()) {
            case PUT, PUT_ASYNC, PUT_ALL, FLUSH -> List.of();
            case GET, GET_ALL -> op.indexes().stream().map(this::get).toList();
            case REMOVE -> List.of(get(op.indexes().get(0)) == Contents.ABSENT ? 0L : 1L);
            case REMOVE_TAGGED -> List.of((long) touched(op).size());
        };
    }

    void apply(Op op) {
        touched(op).forEach(index -> versions[index] = after(op));
    }

    boolean isSameAs(Holdings other) {
        return Arrays.equals(versions, other.versions);
    }
}
