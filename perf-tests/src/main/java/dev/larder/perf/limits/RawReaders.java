package dev.larder.perf.limits;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A connection for each caller, so that none waits for another. */
final class RawReaders implements AutoCloseable {
    private final List<RawSqlite> readers = new ArrayList<>();

    private RawReaders() {}

    static RawReaders open(int callers, Path file, Rows rows) throws SQLException {
        RawReaders opened = new RawReaders();
        for (int i = 0; i < callers; i++) {
            opened.readers.add(RawSqlite.openReader(file, rows));
        }
        return opened;
    }

    RawSqlite of(int caller) {
        return readers.get(caller);
    }

    @Override
    public void close() throws SQLException {
        for (RawSqlite reader : readers) {
            reader.close();
        }
    }
}
