package dev.larder.perf.peers.probes;

/** An open store or client that keeps numbered answers. For one thread. */
interface Keeper extends AutoCloseable {
    /** What there is under a number. */
    enum Found {
        RIGHT,
        NOTHING,
        WRONG
    }

    /** Keeps the answer of this number. */
    void keep(int number) throws Exception;

    /** Makes what was kept as durable as it gets while this is open, as far as there is a way to ask for that. */
    void settle() throws Exception;

    Found find(int number) throws Exception;

    @Override
    void close() throws Exception;
}
