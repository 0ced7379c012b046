package dev.larder.perf.peers.probes;

/** What is asked of stores and clients. */
public enum Probe {
    /** Of clients: does the second of two equal POSTs reach the upstream? */
    POST("repeated POST", "The same POST is sent twice; its answer says that it stays fresh for an hour."),
    /** What do two processes make of one directory? */
    PROCESSES(
            "two processes", "A second process opens the same directory, and each looks for what the other has kept."),
    /** What is left after the process was killed? */
    KILL("kill -9", "A process keeps answers, asks for them to be durable, keeps more, and is killed."),
    /** What is left after a byte was changed? */
    DAMAGE("damaged byte", "A byte of one kept answer is changed on disk, wherever that stands in its files.");

    private final String label;
    private final String sentence;

    Probe(String label, String sentence) {
        this.label = label;
        this.sentence = sentence;
    }

    /** Returns what the probe is called in reports. */
    public String label() {
        return label;
    }

    /** Returns what is done, in one sentence for people. */
    public String sentence() {
        return sentence;
    }
}
