package dev.larder.perf.peers.probes;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStore;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreCapability;
import dev.larder.perf.peers.clients.FreshPages;
import dev.larder.perf.peers.clients.Getter;
import dev.larder.perf.peers.clients.PeerClient;
import dev.larder.perf.peers.clients.StatusException;
import dev.larder.perf.suite.Entries;
import dev.larder.perf.suite.SharedClient;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import dev.larder.perf.suite.TemporaryDirectory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/** A store or client that is probed, which another process finds again by its name. */
abstract class Subject {
    private static final int GATEWAY_TIMEOUT = 504;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StoreChoice choice;
    private final boolean shared;

    private Subject(StoreChoice choice, boolean shared) {
        this.choice = choice;
        this.shared = shared;
    }

    /**
     * Opens it.
     *
     * @param directory where it keeps what it keeps; exists
     * @param origin where clients get their pages from
     */
    abstract Keeper open(Path directory, URI origin) throws Exception;

    /** Returns bytes that stand in its files if it has kept this number. */
    abstract byte[] trace(int number);

    StoreChoice choice() {
        return choice;
    }

    /** Returns whether it says that several processes may use it. */
    boolean isShared() {
        return shared;
    }

    boolean isOurs() {
        return !choice.isBaseline();
    }

    /** Returns the subject of that name. */
    static Subject named(String name) {
        return Arrays.stream(PeerClient.values())
                .filter(client -> client.choice().name().equals(name))
                .findFirst()
                .map(Subject::of)
                .orElseGet(() -> of(StoreChoices.named(name).get(0), Set.of()));
    }

    static Subject of(PeerClient client) {
        return new Subject(client.choice(), client.isOurs()) {
            @Override
            Keeper open(Path directory, URI origin) {
                return new Pages(client.open(SharedClient.open(), directory), origin);
            }

            @Override
            byte[] trace(int number) {
                return middle(FreshPages.body(number));
            }
        };
    }

    /** @param capabilities the store's */
    static Subject of(StoreChoice choice, Set<StoreCapability> capabilities) {
        return new Subject(choice, capabilities.contains(StoreCapability.SHARED)) {
            @Override
            Keeper open(Path directory, URI origin) {
                return new Stored(choice.open(directory));
            }

            @Override
            byte[] trace(int number) {
                return middle(Entries.of(number, 0).data());
            }
        };
    }

    /** Returns what the store can do, found out by opening it. */
    static Set<StoreCapability> capabilities(StoreChoice choice) {
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                CacheStore store = choice.open(directory.path())) {
            return store.capabilities();
        }
    }

    private static byte[] middle(byte[] data) {
        return Arrays.copyOfRange(data, data.length / 2, data.length / 2 + 16);
    }

    /** Entries in a store. */
    private record Stored(CacheStore store) implements Keeper {
        private static CacheKey key(int number) {
            return CacheKey.sha256(
                    ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        }

        @Override
        public void keep(int number) {
            store.put(key(number), Entries.of(number, 0), Deadline.after(PATIENCE));
        }

        @Override
        public void settle() {
            store.flush(Deadline.after(PATIENCE));
        }

        @Override
        public Found find(int number) {
            CacheEntry entry = store.get(key(number), Deadline.after(PATIENCE));
            if (entry == null) {
                return Found.NOTHING;
            }
            return Entries.fault(number, entry) == null ? Found.RIGHT : Found.WRONG;
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** Pages in the cache of a client. */
    private record Pages(Getter getter, URI origin) implements Keeper {
        private URI uri(int number) {
            return origin.resolve(FreshPages.path(number));
        }

        @Override
        public void keep(int number) throws Exception {
            getter.prepare(uri(number)).send();
        }

        @Override
        public void settle() {
            // A client cannot be asked for it.
        }

        @Override
        public Found find(int number) throws Exception {
            try {
                byte[] body = getter.prepareFromCache(uri(number)).send();
                return Arrays.equals(body, FreshPages.body(number)) ? Found.RIGHT : Found.WRONG;
            } catch (StatusException e) {
                if (e.status() == GATEWAY_TIMEOUT) {
                    return Found.NOTHING;
                }
                throw e;
            }
        }

        @Override
        public void close() throws Exception {
            getter.close();
        }
    }
}
