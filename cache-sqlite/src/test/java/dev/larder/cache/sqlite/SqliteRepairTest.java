package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.Examples.entry;
import static dev.larder.cache.sqlite.Examples.key;
import static dev.larder.cache.sqlite.Examples.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage at a chosen place: what it costs, what is kept, and what becomes of the files. */
@Timeout(300)
class SqliteRepairTest {
    private static final int COUNT = 2000;

    @TempDir
    Path directory;

    private Path file;
    private Warnings warnings;
    private Damage damage;

    @BeforeEach
    void nameFile() throws IOException {
        // As the store names it, wherever temporary directories are links.
        directory = directory.toRealPath();
        file = directory.resolve("http.db");
        warnings = new Warnings();
        damage = new Damage(1);
    }

    @AfterEach
    void letGo() throws IOException {
        damage.close();
        warnings.close();
    }

    private SqliteCacheStore open() {
        // Nothing here is about time, and the disk may be slow.
        return SqliteCacheStore.newBuilder(file)
                .operationTimeout(Duration.ofMinutes(1))
                .open();
    }

    private void fill() {
        try (SqliteCacheStore store = open()) {
            Map<CacheKey, CacheEntry> entries = new HashMap<>();
            for (int i = 0; i < COUNT; i++) {
                entries.put(key("e" + i), entry("e" + i, "tag " + i % 5));
            }
            store.putAll(entries, soon());
        }
    }

    /** Returns the pages of a table or an index that are, or are not, its leaves. */
    private List<Long> pages(String name, String type) throws SQLException {
        List<Long> pages = new ArrayList<>();
        try (Connection connection = Examples.connect(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pageno FROM dbstat WHERE name = '" + name
                        + "' AND pagetype = '" + type + "' ORDER BY pageno")) {
            while (row.next()) {
                pages.add(row.getLong(1));
            }
        }
        return pages;
    }

    /** Returns how many entries are there; those that are, are right. */
    private static int count(SqliteCacheStore store) {
        int count = 0;
        for (int i = 0; i < COUNT; i++) {
            CacheEntry found = store.get(key("e" + i), soon());
            if (found != null) {
                assertThat(found).isEqualTo(entry("e" + i, "tag " + i % 5));
                count++;
            }
        }
        return count;
    }

    private void assertSound() throws SQLException {
        assertThat(Examples.text(file, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    @Test
    void aDamagedPageCostsWhatItHeld() throws Exception {
        fill();
        List<Long> leaves = pages("entry", "leaf");
        try (SqliteCacheStore store = open()) {
            damage.overwrite(file, leaves.subList(3, 5));
            int found = count(store);
            assertThat(found).isBetween(COUNT - 100, COUNT - 2);
            assertThat(store.stats().corrupt()).isEqualTo(COUNT - found);
            // The first read that met it has asked for the repair, which this waits for.
            store.flush(soon());
            assertThat(directory.resolve("http.db.corrupt-1")).exists();
            assertThat(count(store)).isEqualTo(found);
            assertThat(store.stats().corrupt()).isEqualTo(COUNT - found);
            assertThat(store.stats().entries()).isEqualTo(found);
            assertThat(store.removeTagged("tag 1", soon())).isBetween((long) found / 5 - 50, (long) COUNT / 5);
        }
        assertSound();
        assertThat(warnings.texts())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .matches("\\Qsqlite store " + file + " was damaged and is repaired: \\E[0-9]+ of " + COUNT
                                + "\\Q entries were kept; the damaged file is " + file + ".corrupt-1\\E"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry_key", "entry_used_at", "entry_delete_at", "tag", "tag_entry_id"})
    void damagedIndexesCostNothing(String name) throws Exception {
        fill();
        List<Long> pages = pages(name, "leaf");
        try (SqliteCacheStore store = open()) {
            damage.overwrite(file, pages);
            for (int i = 0; i < 50; i++) {
                store.put(key("e" + i), entry("e" + i, "tag " + i % 5), soon());
            }
            // Whatever it takes to meet the damage.
            count(store);
            store.scan((key, entry) -> {}, soon());
            store.removeTagged("tag 4", soon());
            store.flush(soon());
            assertThat(directory.resolve("http.db.corrupt-1")).exists();
            assertThat(count(store)).isEqualTo(COUNT * 4 / 5);
            assertThat(store.stats().entries()).isEqualTo(COUNT * 4 / 5);
        }
        assertSound();
    }

    @Test
    void aWriteThatMeetsDamageSucceeds() throws Exception {
        fill();
        List<Long> pages = pages("entry_key", "leaf");
        try (SqliteCacheStore store = open()) {
            damage.overwrite(file, pages);
            store.put(key("new"), entry("new"), soon());
            assertThat(store.get(key("new"), soon())).isEqualTo(entry("new"));
            assertThat(count(store)).isEqualTo(COUNT);
        }
        assertSound();
    }

    @Test
    void whatWasWrittenBehindAHoleInTheLogIsKept() throws Exception {
        Path killed = directory.resolve("killed.db");
        try (SqliteCacheStore store = open()) {
            for (int i = 0; i < 200; i++) {
                store.put(key("e" + i), Examples.entryOf(3_000), soon());
            }
            Files.copy(file, killed);
            Files.copy(StoreFile.log(file), StoreFile.log(killed));
        }
        file = killed;
        Path log = StoreFile.log(file);
        try (SqliteCacheStore store = open()) {
            long frames = StoreFile.logFrames(Files.size(log));
            damage.erase(log, StoreFile.logFrame(frames / 4), StoreFile.logFrame(frames - 50));
            store.put(key("new"), entry("new"), soon());
            for (int i = 0; i < 200; i++) {
                store.remove(key("e" + i), soon());
            }
            assertThat(store.get(key("new"), soon())).isEqualTo(entry("new"));
            assertThat(store.stats().entries()).isEqualTo(1);
        }
        assertSound();
    }

    @Test
    void aBatchAndAScanReturnWhatCanBeRead() throws Exception {
        fill();
        List<Long> leaves = pages("entry", "leaf");
        Set<CacheKey> keys = Set.of(key("e0"), key("e500"), key("e1000"), key("e1500"));
        try (SqliteCacheStore store = open()) {
            damage.overwrite(file, leaves.subList(0, 2));
            assertThat(store.getAll(keys, soon()).size()).isBetween(2, 4);
            Map<CacheKey, CacheEntry> scanned = new HashMap<>();
            store.scan(scanned::put, soon());
            assertThat(scanned.size()).isBetween(COUNT - 100, COUNT - 2);
        }
        assertSound();
    }

    @Test
    void anotherStoreGoesOverToTheRepairedFile() throws Exception {
        fill();
        List<Long> pages = pages("entry_key", "leaf");
        try (SqliteCacheStore one = open();
                SqliteCacheStore two = open()) {
            two.put(key("two"), entry("two"), soon());
            assertThat(two.get(key("e1"), soon())).isNotNull();
            damage.overwrite(file, pages);
            one.put(key("one"), entry("one"), soon());
            two.put(key("two again"), entry("two again"), soon());
            for (SqliteCacheStore store : List.of(one, two)) {
                assertThat(store.get(key("one"), soon())).isEqualTo(entry("one"));
                assertThat(store.get(key("two"), soon())).isEqualTo(entry("two"));
                assertThat(store.get(key("two again"), soon())).isEqualTo(entry("two again"));
                assertThat(count(store)).isEqualTo(COUNT);
            }
        }
        assertSound();
        assertThat(directory.resolve("http.db.corrupt-2")).doesNotExist();
    }

    @Test
    void aFileThatIsDamagedAgainAtOnceIsNotCopiedForEver() throws Exception {
        fill();
        try (SqliteCacheStore store = open()) {
            for (int round = 1; round <= 2; round++) {
                List<Long> pages = pages("entry_key", "leaf");
                damage.overwrite(file, pages);
                if (round == 1) {
                    store.put(key("new"), entry("new"), soon());
                }
            }
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.put(key("newer"), entry("newer"), soon()))
                        .isInstanceOfSatisfying(
                                CacheStoreException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                        .hasMessageContaining("damaged")
                        .hasMessageContaining("check the disk");
                assertThatCode(() -> store.get(key("new"), soon())).doesNotThrowAnyException();
            }
            assertThat(directory.resolve("http.db.corrupt-2")).doesNotExist();
        }
        // Somebody who opens it has yet to repair it once.
        try (SqliteCacheStore store = open()) {
            store.put(key("newer"), entry("newer"), soon());
            assertThat(count(store)).isEqualTo(COUNT);
        }
        assertSound();
    }

    @Test
    void aRepairIsDueAgainAfterAWhile() {
        RepairLimit limit = new RepairLimit(Duration.ZERO);
        limit.take(file, null);
        limit.take(file, null);
        RepairLimit day = new RepairLimit(Duration.ofDays(1));
        day.take(file, null);
        assertThatThrownBy(() -> day.take(file, null)).isInstanceOf(CacheStoreException.class);
    }

    @Test
    void onlyTheLatestDamagedFilesAreKept() throws Exception {
        fill();
        for (int round = 1; round <= 5; round++) {
            damage.overwrite(file, pages("entry_key", "leaf"));
            damage.overwrite(file, pages("entry_key", "internal"));
            open().close();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.contains("corrupt")))
                    .containsExactlyInAnyOrder("http.db.corrupt-3", "http.db.corrupt-4", "http.db.corrupt-5");
        }
        try (SqliteCacheStore store = open()) {
            assertThat(count(store)).isEqualTo(COUNT);
        }
    }

    /** How far a repair had come when the process ended. */
    private enum EndedAfter {
        COPYING,
        DECLARING,
        RENAMING_THE_FILE,
        RENAMING_ALL
    }

    @ParameterizedTest
    @EnumSource
    void aRepairThatWasCutShortIsTakenUpAgain(EndedAfter ended) throws Exception {
        fill();
        Path fresh = directory.resolve("http.db.new");
        Files.copy(file, fresh);
        damage.overwrite(file, pages("entry_key", "leaf"));
        damage.overwrite(file, pages("entry_key", "internal"));
        Path log = Files.writeString(directory.resolve("http.db-wal"), "of the damaged file");
        switch (ended) {
            case COPYING -> damage.cut(fresh, 20_000);
            case DECLARING -> StoreFile.declareRepaired(fresh, file);
            case RENAMING_THE_FILE -> {
                StoreFile.declareRepaired(fresh, file);
                Files.move(file, directory.resolve("http.db.corrupt-1"));
            }
            case RENAMING_ALL -> {
                StoreFile.declareRepaired(fresh, file);
                Files.move(file, directory.resolve("http.db.corrupt-1"));
                Files.move(log, directory.resolve("http.db.corrupt-1-wal"));
            }
        }
        try (SqliteCacheStore store = open()) {
            store.put(key("new"), entry("new"), soon());
            assertThat(count(store)).isEqualTo(COUNT);
        }
        assertSound();
        assertThat(fresh).doesNotExist();
        assertThat(directory.resolve("http.db.repaired")).doesNotExist();
        assertThat(directory.resolve("http.db.corrupt-1")).exists();
        assertThat(directory.resolve("http.db.corrupt-2")).doesNotExist();
    }

    @Test
    void aStaleRepairIsNotTakenForTheFile() throws Exception {
        fill();
        Files.copy(file, directory.resolve("http.db.repaired"));
        try (SqliteCacheStore store = open()) {
            store.clear(soon());
        }
        assertThat(directory.resolve("http.db.repaired")).doesNotExist();
        Files.delete(file);
        try (SqliteCacheStore store = open()) {
            assertThat(count(store)).isZero();
        }
    }

    @Test
    void aRepairThatIsKilledLosesNothing() throws Exception {
        fill();
        List<Long> pages = pages("entry_key", "leaf");
        pages.addAll(pages("entry_key", "internal"));
        damage.overwrite(file, pages);
        for (int round = 0; round < 8; round++) {
            try (ChildProcess child = new ChildProcess(directory, "sqlite:" + file, "k", "1")) {
                child.begin();
                // Each time when it has come a little further, as its files show.
                child.killWhen(Stream.of("http.db.new", "http.db.new-journal", "http.db.repaired", "http.db.corrupt-1")
                        .map(directory::resolve)
                        .toList()
                        .get(round % 4));
            }
        }
        try (SqliteCacheStore store = open()) {
            assertThat(count(store)).isEqualTo(COUNT);
        }
        assertSound();
    }
}
