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
            Kind.OURS,
            "",
            (bare, directory) -> JdkGetter.larder(bare, CacheStores.open("memory:?maxBytes=64MiB"))),
    /** Our client over the SQLite store. */
    LARDER_SQLITE("larder (sqlite)", Kind.OURS_ON_DISK, "", (bare, directory) -> {
        String file = StoreSpec.encode(directory.resolve("http.db").toString());
        return JdkGetter.larder(bare, CacheStores.open("sqlite:" + file + "?maxBytes=64MiB"));
    }),
    /** The JDK's client without a cache. */
    BARE(
            "no cache",
            Kind.WITHOUT_CACHE,
            "the JDK's client, which keeps nothing",
            (bare, directory) -> JdkGetter.bare(bare)),
    /** Methanol with its cache in memory. */
    METHANOL_MEMORY("methanol (memory)", Kind.PEER, "", (bare, directory) -> JdkGetter.methanolInMemory()),
    /** Methanol with its cache on disk. */
    METHANOL_DISK("methanol (disk)", Kind.PEER_ON_DISK, "", (bare, directory) -> JdkGetter.methanolOnDisk(directory)),
    /** OkHttp. */
    OKHTTP("okhttp (disk)", Kind.PEER_ON_DISK, "", (bare, directory) -> new OkHttpGetter(directory)),
    /** Apache's client with its cache in memory. */
    APACHE_MEMORY("apache (memory)", Kind.PEER, "", (bare, directory) -> ApacheGetter.inMemory()),
    /** Apache's client with bodies in files. */
    APACHE_FILES(
            "apache (files)",
            Kind.PEER_ON_DISK,
            "bodies in files, what they belong to in memory",
            (bare, directory) -> ApacheGetter.inFiles(directory));

    private enum Kind {
        OURS,
        OURS_ON_DISK,
        WITHOUT_CACHE,
        PEER,
        PEER_ON_DISK
    }

    private interface Opening {
        Getter open(HttpClient bareClient, Path directory);
    }

    private final StoreChoice choice;
    private final Kind kind;
    private final Opening opening;

    PeerClient(String label, Kind kind, String remark, Opening opening) {
        this.choice = StoreChoice.client(label, kind != Kind.OURS && kind != Kind.OURS_ON_DISK, remark);
        this.kind = kind;
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
        return kind == Kind.OURS || kind == Kind.OURS_ON_DISK;
    }

    /** Returns whether it keeps answers at all. */
    public boolean caches() {
        return kind != Kind.WITHOUT_CACHE;
    }

    /** Returns whether it keeps something on disk. */
    public boolean isOnDisk() {
        return kind == Kind.OURS_ON_DISK || kind == Kind.PEER_ON_DISK;
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
