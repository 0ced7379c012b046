package dev.larder.perf.limits;

import dev.larder.perf.peers.clients.FreshPages;
import dev.larder.perf.peers.clients.Getter;
import dev.larder.perf.suite.SplitMix;
import dev.larder.perf.upstream.Page;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;

/** Downloads that are too large to be kept, read as they arrive. */
final class Downloads {
    /** What one download brings, in MB. */
    static final int MEGABYTES = 100;

    private static final int MEGABYTE = 1_000_000;
    private static final long LENGTH = (long) MEGABYTES * MEGABYTE;
    private static final byte[] BLOCK = SplitMix.bytes(5, 64 * 1024);

    private static final String ANNOUNCED = "/announced";
    private static final String UNKNOWN = "/unknown";

    private final Origin origin;
    private final String path;

    private Downloads(Origin origin, String path) {
        this.origin = origin;
        this.path = path;
    }

    /** Returns downloads whose length is announced, so that it is known at once that they will not be kept. */
    static Downloads announced(Origin origin) {
        return new Downloads(origin, ANNOUNCED);
    }

    /** Returns downloads of which that is known when they have become too large. */
    static Downloads ofUnknownLength(Origin origin) {
        return new Downloads(origin, UNKNOWN);
    }

    /** Returns what the origin has under a path: fresh, so that nothing but its length keeps it from being kept. */
    static Page page(String path) {
        return new Page(FreshPages.FIELDS, BLOCK, LENGTH, path.equals(ANNOUNCED));
    }

    HttpClient bareClient() {
        return origin.client();
    }

    /** Returns the client's side; an operation is a MB. */
    Side ours() {
        return Side.of(() -> MemoryClient.forGets(bareClient()), (cached, operations) -> {
            Side.Work work = work(cached.client(), operations);
            return () -> {
                Sample sample = work.run();
                if (cached.entries() > 0) {
                    throw new LimitsException("a download of " + MEGABYTES + " MB was kept");
                }
                return sample;
            };
        });
    }

    /** Returns the bare client's side; an operation is a MB. */
    Side floor() {
        return Side.of(() -> () -> {}, (nothing, operations) -> work(bareClient(), operations));
    }

    private Side.Work work(HttpClient client, long operations) {
        return () -> {
            long calls = origin.calls();
            long downloads = operations / MEGABYTES;
            Sample sample = Crew.run(1, operations, caller -> {
                for (long i = 0; i < downloads; i++) {
                    read(client, bytes -> {});
                }
                return 0;
            });
            if (origin.calls() - calls != downloads) {
                throw new LimitsException(
                        origin.calls() - calls + " calls reached the upstream instead of " + downloads);
            }
            return sample;
        };
    }

    /** Is told how many bytes of a download have been read. */
    @FunctionalInterface
    interface Witness {
        void read(long bytes);
    }

    /**
     * Reads one download to its end.
     *
     * @throws IOException if it failed or brought anything but what it should
     */
    void read(HttpClient client, Witness witness) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(origin.uri(path)).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        Getter.check(response.statusCode());
        byte[] buffer = new byte[BLOCK.length];
        try (InputStream in = response.body()) {
            long read = 0;
            while (read < LENGTH) {
                int wanted = (int) Math.min(buffer.length, LENGTH - read);
                if (in.readNBytes(buffer, 0, wanted) < wanted) {
                    throw new EOFException("the download ended before " + LENGTH + " bytes");
                }
                if (!Arrays.equals(buffer, 0, wanted, BLOCK, 0, wanted)) {
                    throw new IOException("the download is wrong behind byte " + read);
                }
                read += wanted;
                witness.read(read);
            }
            if (in.read() >= 0) {
                throw new IOException("the download goes on behind " + LENGTH + " bytes");
            }
        }
    }
}
