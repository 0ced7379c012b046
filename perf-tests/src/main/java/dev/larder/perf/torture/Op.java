package dev.larder.perf.torture;

import java.util.List;

/**
 * One call of a thread on the store.
 *
 * @param indexes the keys it names, of those that the thread owns; none for what names no keys
 * @param version what it puts, different for each operation that ever puts
 * @param tag what it removes by
 */
record Op(Kind kind, List<Integer> indexes, long version, int tag) {
    /** Which call, and how its result reads as numbers. */
    enum Kind {
        /** Nothing. */
        PUT,
        /** Whether the put was {@linkplain #REFUSED refused}. The call is over when its stage has completed. */
        PUT_ASYNC,
        /** Nothing. */
        PUT_ALL,
        /** The version found. */
        GET,
        /** The versions found, in the order of the indexes. */
        GET_ALL,
        /** 1 if there was an entry, else 0. */
        REMOVE,
        /** How many went. */
        REMOVE_TAGGED,
        /** Nothing. */
        FLUSH
    }

    /** The result of a put that did not find room in the queue, as the contract allows. */
    static final long REFUSED = -3;

    boolean isPut() {
        return kind == Kind.PUT || kind == Kind.PUT_ASYNC || kind == Kind.PUT_ALL;
    }

    boolean isRead() {
        return kind == Kind.GET || kind == Kind.GET_ALL;
    }

    /** Returns whether all that was accepted before the call is in the file when it has returned. */
    boolean isBarrier() {
        return kind == Kind.REMOVE || kind == Kind.REMOVE_TAGGED || kind == Kind.FLUSH;
    }
}
