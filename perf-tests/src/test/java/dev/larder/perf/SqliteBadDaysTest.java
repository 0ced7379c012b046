package dev.larder.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import dev.larder.cache.StoreSpec;
import dev.larder.perf.suite.EchoAnswers;
import dev.larder.perf.upstream.Upstream;
import dev.larder.transport.CacheRule;
import dev.larder.transport.CachingHttpClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What befalls the files of a cache while calls go on is no affair of the calls. */
@Timeout(180)
class SqliteBadDaysTest {
    private static final int CALLERS = 4;
    private static final int KEPT = 40;

    /** What each caller asks before and after the deed, every other time for something new. */
    private static final int ROUNDS = 30;

    /** Kept, because the log manager would forget a logger that nobody holds. */
    private static final Logger LOGGER = Logger.getLogger("dev.larder");

    private final Upstream upstream = Upstream.start("application/octet-stream", new EchoAnswers());
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger fresh = new AtomicInteger();

    // Not closed before the store is: that would drop the locks that SQLite holds for this process.
    private final List<RandomAccessFile> open = new ArrayList<>();

    @TempDir
    Path directory;

    private Path file;

    /** What somebody does to the files. */
    private enum Deed {
        DELETE_FILE,
        DELETE_LOG,
        DELETE_INDEX,
        DELETE_EVERYTHING,
        EMPTY_FILE,
        EMPTY_LOG,
        CUT_FILE,
        CUT_LOG,
        DAMAGE_HEADER,
        DAMAGE_PAGES,
        DAMAGE_LOG,
        FILE_OF_ANOTHER_STORE,
        TEXT_INSTEAD,
        DIRECTORY_INSTEAD,
        READ_ONLY
    }

    @BeforeEach
    void nameFile() throws IOException {
        directory = directory.toRealPath();
        file = directory.resolve("http.db");
        // The store warns of what it meets, as it should.
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void letGo() throws IOException {
        upstream.close();
        for (RandomAccessFile each : open) {
            each.close();
        }
        LOGGER.setUseParentHandlers(true);
    }

    static Stream<Arguments> deeds() {
        return Stream.of("committed", "behind")
                .flatMap(durability -> Arrays.stream(Deed.values()).map(deed -> Arguments.of(deed, durability)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("deeds")
    void callsAreAnsweredAndAreKeptAgain(Deed deed, String durability) throws Exception {
        Files.createDirectory(directory.resolve("elsewhere"));
        String spec = "sqlite:" + StoreSpec.encode(file.toString()) + "?durability=" + durability;
        try (CacheStore store = CacheStores.open(spec);
                CachingHttpClient client = client(store)) {
            for (int i = 0; i < KEPT; i++) {
                call(client, "kept " + i);
            }
            CountDownLatch underWay = new CountDownLatch(CALLERS * ROUNDS);
            CountDownLatch done = new CountDownLatch(1);
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(new Thread(() -> callAgainAndAgain(client, underWay, done)));
            }
            callers.forEach(Thread::start);
            underWay.await();
            perform(deed);
            done.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(failures).isEmpty();

            undo(deed);
            awaitHit(client);
            tellWhatWasLost(store, durability);
        }
        assertKeptInTheEnd(spec);
    }

    private CachingHttpClient client(CacheStore store) {
        return CachingHttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .store(store)
                .rule(CacheRule.post().ttl(Duration.ofHours(1)))
                .cacheBudget(Duration.ofSeconds(10))
                .build();
    }

    private void callAgainAndAgain(CachingHttpClient client, CountDownLatch underWay, CountDownLatch done) {
        int after = 0;
        for (int i = 0; after < ROUNDS; i++) {
            if (done.getCount() == 0) {
                after++;
            }
            try {
                call(client, i % 2 == 0 ? "kept " + i % KEPT : "new " + fresh.incrementAndGet());
            } catch (Exception | AssertionError e) {
                failures.add(e);
            }
            underWay.countDown();
        }
    }

    /** Has the store report, once, what was put behind and could not be written; a call never hears of that. */
    private static void tellWhatWasLost(CacheStore store, String durability) {
        try {
            store.flush(Deadline.after(Duration.ofMinutes(1)));
        } catch (CacheStoreException e) {
            assertThat(durability).isEqualTo("behind");
            assertThat(e).hasMessageContaining("accepted puts were not written");
        }
    }

    /** Makes a call and asserts that its answer is the right one. */
    private void call(CachingHttpClient client, String text) throws IOException, InterruptedException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(upstream.uri())
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(EchoAnswers.of(body));
    }

    /** Calls until an answer that was not there is kept: the store looks at its files once a second. */
    private void awaitHit(CachingHttpClient client) throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            call(client, "again " + i);
            long before = upstream.calls();
            call(client, "again " + i);
            // A recording on its way to the store answers as well, so it is given time to get there.
            call(client, "last " + i);
            call(client, "again " + i);
            if (upstream.calls() == before + 1) {
                return;
            }
        }
    }

    /** Asserts that what is asked now is there when the store is opened again. */
    private void assertKeptInTheEnd(String spec) throws IOException, InterruptedException {
        for (int round = 0; round < 2; round++) {
            long before = upstream.calls();
            try (CacheStore store = CacheStores.open(spec);
                    CachingHttpClient client = client(store)) {
                call(client, "in the end");
            }
            assertThat(upstream.calls() - before).isEqualTo(1 - round);
        }
    }

    private void perform(Deed deed) throws IOException {
        switch (deed) {
            case DELETE_FILE -> Files.delete(file);
            case DELETE_LOG -> Files.delete(beside("-wal"));
            case DELETE_INDEX -> Files.delete(beside("-shm"));
            case DELETE_EVERYTHING -> deleteFiles();
            case EMPTY_FILE -> open(file).setLength(0);
            case EMPTY_LOG -> open(beside("-wal")).setLength(0);
            case CUT_FILE -> open(file).setLength(Files.size(file) / 2);
            case CUT_LOG -> open(beside("-wal")).setLength(Files.size(beside("-wal")) / 2);
            case DAMAGE_HEADER -> overwrite(file, 0, 100);
            case DAMAGE_PAGES -> overwrite(file, 4096, (int) Files.size(file));
            case DAMAGE_LOG -> overwrite(beside("-wal"), 0, (int) Files.size(beside("-wal")));
            case FILE_OF_ANOTHER_STORE -> {
                Path other = directory.resolve("elsewhere/other.db");
                CacheStores.open("sqlite:" + StoreSpec.encode(other.toString())).close();
                Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            }
            case TEXT_INSTEAD -> {
                Path text = Files.writeString(directory.resolve("elsewhere/text"), "This is no database.\n");
                Files.move(text, file, StandardCopyOption.ATOMIC_MOVE);
            }
            case DIRECTORY_INSTEAD -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
            case READ_ONLY -> allow("r--r--r--", "r-xr-xr-x");
        }
    }

    /** Takes away what the store must not touch. */
    private void undo(Deed deed) throws IOException {
        switch (deed) {
            case TEXT_INSTEAD, DIRECTORY_INSTEAD -> Files.delete(file);
            case READ_ONLY -> allow("rw-------", "rwx------");
            default -> {
                // The store has seen to it by itself.
            }
        }
    }

    private Path beside(String part) {
        return directory.resolve("http.db" + part);
    }

    private void deleteFiles() throws IOException {
        for (String part : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(beside(part));
        }
    }

    private RandomAccessFile open(Path path) throws IOException {
        RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
        open.add(opened);
        return opened;
    }

    private void overwrite(Path path, int from, int to) throws IOException {
        byte[] noise = new byte[Math.max(0, to - from)];
        new Random(1).nextBytes(noise);
        RandomAccessFile damaged = open(path);
        damaged.seek(from);
        damaged.write(noise);
    }

    /** Changes rights, which bind everybody but the superuser. */
    private void allow(String files, String directories) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(directories));
        for (String part : List.of("", "-wal", "-shm")) {
            try {
                Files.setPosixFilePermissions(beside(part), PosixFilePermissions.fromString(files));
            } catch (NoSuchFileException e) {
                // It comes and goes.
            }
        }
    }
}
