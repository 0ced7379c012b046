package dev.larder.perf.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStores;
import dev.larder.cache.Deadline;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sound file passes, and each kind of unsoundness is told. */
class InspectionTest {
    private static final int KEYS = 40;

    @TempDir
    private Path directory;

    private StoreFiles files = new StoreFiles(Path.of("unset"));
    private String spec = "";
    private final List<Holdings> held = List.of(new Holdings(KEYS), new Holdings(KEYS));

    @BeforeEach
    void fill() throws IOException {
        files = new StoreFiles(directory.resolve("inspected.db"));
        spec = "sqlite:" + files.path();
        assertThat(files.isMissing()).isTrue();
        try (CacheStore store = CacheStores.open(spec)) {
            for (int owner = 0; owner < 2; owner++) {
                Script script = new Script(Script.Mix.EVERYTHING, 5, 0, owner, KEYS);
                Performer performer = new Performer(store, owner);
                for (int i = 0; i < 200; i++) {
                    Op op = script.next();
                    assertThat(performer.perform(op)).isEqualTo(held.get(owner).expected(op));
                    held.get(owner).apply(op);
                }
            }
        }
        assertThat(files.isMissing()).isFalse();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + files.path());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aSoundFilePasses() throws IOException {
        List<Holdings> found = Inspection.holdings(spec, 2, KEYS);
        assertThat(found.get(0).isSameAs(held.get(0))).isTrue();
        assertThat(found.get(1).isSameAs(held.get(1))).isTrue();
        files.checkIntegrity();
        files.checkTables();
        files.checkNothingWasSetAside();
        files.delete();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anEntryThatWasPutElsewhereIsTold() {
        try (CacheStore store = CacheStores.open(spec)) {
            store.put(Contents.key(0, 1), Contents.entry(0, 2, 77), Deadline.never());
        }
        assertThatThrownBy(() -> Inspection.holdings(spec, 2, KEYS))
                .isInstanceOf(TortureException.class)
                .hasMessage("key 1 of owner 0 holds what was never put there");
    }

    @Test
    void anEntryThatNobodyOwnsIsTold() {
        try (CacheStore store = CacheStores.open(spec)) {
            store.put(Contents.key(2, 1), Contents.entry(2, 1, 77), Deadline.never());
        }
        assertThatThrownBy(() -> Inspection.holdings(spec, 2, KEYS))
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("a scan shows a key that cannot be got");
    }

    @Test
    void aDamagedEntryIsTold() throws SQLException {
        execute("UPDATE entry SET header = zeroblob(length(header)) WHERE id = (SELECT min(id) FROM entry)");
        assertThatThrownBy(() -> Inspection.holdings(spec, 2, KEYS))
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("corrupt=1");
    }

    @Test
    void wrongTotalsAndOrphansAreTold() throws SQLException {
        execute("UPDATE totals SET entries = entries + 1");
        assertThatThrownBy(files::checkTables)
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("by 1 rows");
        execute("UPDATE totals SET entries = entries - 1, bytes = bytes + 5");
        assertThatThrownBy(files::checkTables)
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("by 5 rows");
        execute("UPDATE totals SET bytes = bytes - 5");
        files.checkTables();
        execute("INSERT INTO tag (name, entry_id) VALUES (x'61', 4711)");
        assertThatThrownBy(files::checkTables)
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("by 2 rows");
    }

    @Test
    void aDamagedPageIsTold() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(files.path().toFile(), "rw")) {
            file.seek(3 * 4096);
            file.write(new byte[4096]);
        }
        assertThatThrownBy(files::checkIntegrity)
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("the integrity check of");
    }

    @Test
    void aFileThatWasSetAsideIsTold() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(files.path().toFile(), "rw")) {
            file.setLength(8192);
        }
        Logger logger = Logger.getLogger("dev.larder.cache.sqlite.StoreFile");
        // It warns, as it should, and the build's log shall not.
        logger.setUseParentHandlers(false);
        try {
            CacheStores.open(spec).close();
        } finally {
            logger.setUseParentHandlers(true);
        }
        assertThatThrownBy(files::checkNothingWasSetAside)
                .isInstanceOf(TortureException.class)
                .hasMessageContaining("inspected.db.corrupt-1");
    }
}
