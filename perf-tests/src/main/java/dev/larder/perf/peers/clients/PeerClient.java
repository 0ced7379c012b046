package dev.larder.perf.peers.clients;

import dev.larder.cache.CacheStores;
import dev.larder.cache.StoreSpec;
import dev.larder.perf.suite.StoreChoice;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Arrays;

/** The clients that are compared, each with room for all that is asked of it, and a connection for each caller. */
public enum PeerClient {
    /** Our client over the memory store. */
    LARDER_MEMORY(
            "larder (memory)",
            true,
            Medium.MEMORY,
            "",
            (bare, directory) -> JdkGetter.larder(bare, CacheStores.open("memory:?maxBytes=64MiB"))),
    /** Our client over the SQLite store. */
    LARDER_SQLITE("larder (sqlite)", true, Medium.DISK, "", (bare, directory) -> {
        String file = StoreSpec.encode(directory.resolve("http.db").toString());
        return JdkGetter.larder(bare, CacheStores.open("sqlite:" + file + "?maxBytes=64MiB"));
    }),
    /** The JDK's client without a cache. */
    BARE(
            "no cache",
            false,
            Medium.NONE,
            "the JDK's client, which keeps nothing",
            (bare, directory) -> JdkGetter.bare(bare)),
    /** Methanol with its cache in memory. */
    METHANOL_MEMORY("methanol (memory)", false, Medium.MEMORY, "", (bare, directory) -> JdkGetter.methanolInMemory()),
    /** Methanol with its cache on disk. */
    METHANOL_DISK("methanol (disk)", false, Medium.DISK, "", (bare, directory) -> JdkGetter.methanolOnDisk(directory)),
    /** OkHttp. */
    OKHTTP("okhttp (disk)", false, Medium.DISK, "", (bare, directory) -> new OkHttpGetter(directory)),
    /** Apache's client with its cache in memory. */
    APACHE_MEMORY("apache (memory)", false, Medium.MEMORY, "", (bare, directory) -> ApacheGetter.inMemory()),
    /** Apache's client with bodies in files. */
    APACHE_FILES(
            "apache (files)",
            false,
            Medium.FILES,
            "bodies in files, what they belong to in memory",
            (bare, directory) -> ApacheGetter.inFiles(directory));

    /** Where answers are kept. */
    private enum Medium {
        NONE,
        MEMORY,
        /** Files that are worth nothing without what is in memory. */
        FILES,
        DISK
    }

    private interface Opening {
        Getter open(HttpClient bareClient, Path directory);
    }

    private final StoreChoice choice;
    private final boolean ours;
    private final Medium medium;
    private final Opening opening;

    PeerClient(String label, boolean ours, Medium medium, String remark, Opening opening) {
        this.choice = StoreChoice.client(label, !ours, medium == Medium.DISK, remark);
        this.ours = ours;
        this.medium = medium;
        this.opening = opening;
    }

    /** Returns what stands for it where stores do. */
    public StoreChoice choice() {
        return choice;
    }

    /** Returns the client that {@code choice} stands for. */
    public static PeerClient of(StoreChoice choice) {
        return Arrays.stream(values())
                .filter(client -> client.choice.equals(choice))
                .findFirst()
                .orElseThrow();
    }

    /** Returns whether it is one of ours. */
    public boolean isOurs() {
        return ours;
    }

    /** Returns whether it keeps answers at all. */
    public boolean caches() {
        return medium != Medium.NONE;
    }

    /** Returns whether it keeps something on disk. */
    public boolean isOnDisk() {
        return medium == Medium.FILES || medium == Medium.DISK;
    }

    /**
     * Opens it.
     *
     * @param bareClient the client of the JDK below ours, and without a cache the client itself; stays open
     * @param directory for whatever it keeps on disk
     */
    public Getter open(HttpClient bareClient, Path directory) {
        return opening.open(bareClient, directory);
    }
}
