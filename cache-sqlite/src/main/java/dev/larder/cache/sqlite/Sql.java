package dev.larder.cache.sqlite;

import static dev.larder.cache.sqlite.internal.jooq.Tables.ENTRY;
import static dev.larder.cache.sqlite.internal.jooq.Tables.TAG;
import static dev.larder.cache.sqlite.internal.jooq.Tables.TOTALS;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Every statement that the store issues on its tables. Written against the tables that jOOQ generates from the
 * migrations, so that a column that goes breaks the build; rendered once, because rendering for each call halves the
 * speed; executed as prepared statements that are kept.
 *
 * <p>Where an index gives the order, a condition on its column is written although it holds for all rows: so every
 * plan is a search, and a test can refuse any scan.
 */
final class Sql {
    private static final Map<String, String> RENDERED = new LinkedHashMap<>();
    private static final DSLContext DSL_CONTEXT = quietContext();

    private static final Param<Long> PREFIX = param("key_prefix", Long.class);
    private static final Param<Long> REST = param("key_rest", Long.class);
    private static final Param<byte[]> KEY = param("key", byte[].class);
    private static final Param<Long> ID = param("id", Long.class);
    private static final Param<Long> BOUND = param("bound", Long.class);
    private static final Param<Long> LIMIT = param("limit", Long.class);

    /** (prefix) to id, key, header, data; more than one row where keys begin alike. */
    static final String FIND = render(
            "FIND",
            DSL_CONTEXT
                    .select(ENTRY.ID, ENTRY.KEY, ENTRY.HEADER, ENTRY.DATA)
                    .from(ENTRY)
                    .where(ENTRY.KEY_PREFIX.eq(PREFIX)));

    /** (id) to id, key, header, data, key_prefix. */
    static final String FIND_BY_ID = render(
            "FIND_BY_ID",
            DSL_CONTEXT
                    .select(ENTRY.ID, ENTRY.KEY, ENTRY.HEADER, ENTRY.DATA, ENTRY.KEY_PREFIX)
                    .from(ENTRY)
                    .where(ENTRY.ID.eq(ID)));

    /** (upper bound of used_at, exclusive) to id, used_at, the most recently used first. */
    static final String IDS_BY_RECENCY = render(
            "IDS_BY_RECENCY",
            DSL_CONTEXT
                    .select(ENTRY.ID, ENTRY.USED_AT)
                    .from(ENTRY)
                    .where(ENTRY.USED_AT.lt(BOUND))
                    .orderBy(ENTRY.USED_AT.desc()));

    /** (upper bound of used_at, exclusive) to the latest used_at. */
    static final String LAST_USED_AT = render(
            "LAST_USED_AT",
            DSL_CONTEXT
                    .select(ENTRY.USED_AT)
                    .from(ENTRY)
                    .where(ENTRY.USED_AT.lt(BOUND))
                    .orderBy(ENTRY.USED_AT.desc())
                    .limit(DSL.inline(1)));

    /** What {@link EntryRow} binds, in its order. */
    private static final List<Field<?>> ROW = List.of(
            ENTRY.KEY_PREFIX,
            ENTRY.KEY_REST,
            ENTRY.KEY,
            ENTRY.DELETE_AT,
            ENTRY.USED_AT,
            ENTRY.SIZE,
            ENTRY.TAGGED,
            ENTRY.HEADER,
            ENTRY.DATA);

    private static final List<Field<?>> ROW_VALUES = List.of(
            PREFIX,
            REST,
            KEY,
            of(ENTRY.DELETE_AT),
            of(ENTRY.USED_AT),
            of(ENTRY.SIZE),
            of(ENTRY.TAGGED),
            of(ENTRY.HEADER),
            of(ENTRY.DATA));

    /** (key_prefix, key_rest, key, delete_at, used_at, size, tagged, header, data). */
    static final String PUT = render(
            "PUT",
            DSL_CONTEXT
                    .insertInto(ENTRY)
                    .columns(ROW)
                    .values(ROW_VALUES)
                    .onConflict(ENTRY.KEY_PREFIX, ENTRY.KEY_REST)
                    .doUpdate()
                    .set(ENTRY.KEY, excluded(ENTRY.KEY))
                    .set(ENTRY.DELETE_AT, excluded(ENTRY.DELETE_AT))
                    .set(ENTRY.USED_AT, excluded(ENTRY.USED_AT))
                    .set(ENTRY.SIZE, excluded(ENTRY.SIZE))
                    .set(ENTRY.TAGGED, excluded(ENTRY.TAGGED))
                    .set(ENTRY.HEADER, excluded(ENTRY.HEADER))
                    .set(ENTRY.DATA, excluded(ENTRY.DATA)));

    /** (name, prefix, rest). */
    static final String TAG_ENTRY = render(
            "TAG_ENTRY",
            DSL_CONTEXT
                    .insertInto(TAG)
                    .columns(TAG.NAME, TAG.ENTRY_ID)
                    .select(select(of(TAG.NAME), ENTRY.ID)
                            .from(ENTRY)
                            .where(ENTRY.KEY_PREFIX.eq(PREFIX).and(ENTRY.KEY_REST.eq(REST)))));

    /** (prefix, rest). */
    static final String REMOVE = render(
            "REMOVE",
            DSL_CONTEXT.deleteFrom(ENTRY).where(ENTRY.KEY_PREFIX.eq(PREFIX).and(ENTRY.KEY_REST.eq(REST))));

    /** (name, limit). */
    static final String REMOVE_TAGGED = render(
            "REMOVE_TAGGED",
            DSL_CONTEXT
                    .deleteFrom(ENTRY)
                    .where(ENTRY.ID.in(select(TAG.ENTRY_ID)
                            .from(TAG)
                            .where(TAG.NAME.eq(of(TAG.NAME)))
                            .limit(LIMIT))));

    /** (). Without triggers, SQLite gives all pages of the table back without looking at its rows. */
    static final String CLEAR_ENTRIES = render("CLEAR_ENTRIES", DSL_CONTEXT.deleteFrom(ENTRY));

    /** (). */
    static final String CLEAR_TAGS = render("CLEAR_TAGS", DSL_CONTEXT.deleteFrom(TAG));

    /** (). */
    static final String CLEAR_TOTALS = render(
            "CLEAR_TOTALS",
            DSL_CONTEXT
                    .update(TOTALS)
                    .set(TOTALS.ENTRIES, DSL.inline(0L))
                    .set(TOTALS.BYTES, DSL.inline(0L))
                    .where(TOTALS.ID.eq(DSL.inline(1L))));

    /** (now in milliseconds, limit). */
    static final String REMOVE_EXPIRED = render(
            "REMOVE_EXPIRED",
            DSL_CONTEXT
                    .deleteFrom(ENTRY)
                    .where(ENTRY.ID.in(select(ENTRY.ID)
                            .from(ENTRY)
                            .where(ENTRY.DELETE_AT.le(of(ENTRY.DELETE_AT)))
                            .orderBy(ENTRY.DELETE_AT)
                            .limit(LIMIT))));

    /** (now in milliseconds) to a row if an entry has expired. */
    static final String ANY_EXPIRED = render(
            "ANY_EXPIRED",
            DSL_CONTEXT
                    .select(ENTRY.DELETE_AT)
                    .from(ENTRY)
                    .where(ENTRY.DELETE_AT.le(of(ENTRY.DELETE_AT)))
                    .limit(DSL.inline(1)));

    /** (lower bound of used_at, exclusive; limit) to id, key_prefix, size, used_at, the least recently used first. */
    static final String LEAST_RECENT = render(
            "LEAST_RECENT",
            DSL_CONTEXT
                    .select(ENTRY.ID, ENTRY.KEY_PREFIX, ENTRY.SIZE, ENTRY.USED_AT)
                    .from(ENTRY)
                    .where(ENTRY.USED_AT.gt(BOUND))
                    .orderBy(ENTRY.USED_AT)
                    .limit(LIMIT));

    /** (id). */
    static final String REMOVE_BY_ID =
            render("REMOVE_BY_ID", DSL_CONTEXT.deleteFrom(ENTRY).where(ENTRY.ID.eq(ID)));

    /** (used_at, prefix, used_at). */
    static final String TOUCH = render(
            "TOUCH",
            DSL_CONTEXT
                    .update(ENTRY)
                    .set(ENTRY.USED_AT, of(ENTRY.USED_AT))
                    .where(ENTRY.KEY_PREFIX.eq(PREFIX).and(ENTRY.USED_AT.lt(of(ENTRY.USED_AT)))));

    /** () to entries, bytes. */
    static final String READ_TOTALS = render(
            "READ_TOTALS",
            DSL_CONTEXT.select(TOTALS.ENTRIES, TOTALS.BYTES).from(TOTALS).where(TOTALS.ID.eq(DSL.inline(1L))));

    /** (name) to a row if an entry carries it. */
    static final String ANY_TAGGED = render(
            "ANY_TAGGED",
            DSL_CONTEXT
                    .select(TAG.ENTRY_ID)
                    .from(TAG)
                    .where(TAG.NAME.eq(of(TAG.NAME)))
                    .limit(DSL.inline(1)));

    /** (entry id) to a row if it carries a tag. */
    static final String ANY_TAG = render(
            "ANY_TAG",
            DSL_CONTEXT
                    .select(TAG.NAME)
                    .from(TAG)
                    .where(TAG.ENTRY_ID.eq(of(TAG.ENTRY_ID)))
                    .limit(DSL.inline(1)));

    /** (lower bound) to id, used_at, the most recently used first. */
    static final String SALVAGE_BY_USE = walk("SALVAGE_BY_USE", ENTRY.USED_AT, true);

    /** (lower bound) to id, id, by the table itself: if this comes through without an error, that was all. */
    static final String SALVAGE_TABLE = walk("SALVAGE_TABLE", ENTRY.ID, true);

    /** The table first, and then every other way to ids. */
    static final List<String> SALVAGE_WALKS = List.of(
            SALVAGE_TABLE,
            walk("SALVAGE_TABLE_UP", ENTRY.ID, false),
            walk("SALVAGE_BY_USE_UP", ENTRY.USED_AT, false),
            walk("SALVAGE_BY_END", ENTRY.DELETE_AT, true),
            walk("SALVAGE_BY_END_UP", ENTRY.DELETE_AT, false),
            walk("SALVAGE_BY_KEY", ENTRY.KEY_PREFIX, true),
            walk("SALVAGE_BY_KEY_UP", ENTRY.KEY_PREFIX, false));

    /** (id) to id, key, header, data, used_at. */
    static final String SALVAGE_ROW = render(
            "SALVAGE_ROW",
            DSL_CONTEXT
                    .select(ENTRY.ID, ENTRY.KEY, ENTRY.HEADER, ENTRY.DATA, ENTRY.USED_AT)
                    .from(ENTRY)
                    .where(ENTRY.ID.eq(ID)));

    /** (id) to a row if there is one. */
    static final String SALVAGE_HAS =
            render("SALVAGE_HAS", DSL_CONTEXT.select(ENTRY.ID).from(ENTRY).where(ENTRY.ID.eq(ID)));

    /** (id, key_prefix, key_rest, key, delete_at, used_at, size, tagged, header, data), unless there is such a key. */
    static final String SALVAGE_PUT = render(
            "SALVAGE_PUT",
            DSL_CONTEXT
                    .insertInto(ENTRY)
                    .columns(with(ENTRY.ID, ROW))
                    .values(with(ID, ROW_VALUES))
                    .onConflictDoNothing());

    /** (name, entry id). */
    static final String SALVAGE_TAG = render(
            "SALVAGE_TAG",
            DSL_CONTEXT.insertInto(TAG).columns(TAG.NAME, TAG.ENTRY_ID).values(of(TAG.NAME), of(TAG.ENTRY_ID)));

    /** What together sets foot on every table and index, Flyway's too. Each takes numbers, any numbers. */
    static final List<String> EVERY_ROOT = List.of(
            READ_TOTALS,
            FIND,
            FIND_BY_ID,
            LAST_USED_AT,
            ANY_EXPIRED,
            LEAST_RECENT,
            ANY_TAGGED,
            ANY_TAG,
            "SELECT version FROM flyway_schema_history WHERE installed_rank = ?",
            "SELECT version FROM flyway_schema_history WHERE success = ?");

    // What has nothing to do with tables, and so no form in jOOQ.
    static final String BEGIN_READ = "BEGIN";
    static final String BEGIN_WRITE = "BEGIN IMMEDIATE";
    static final String COMMIT = "COMMIT";
    static final String ROLLBACK = "ROLLBACK";
    static final String TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entry'";
    static final String ROOT_OF_ENTRIES = "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'";
    static final String PAGES = "PRAGMA page_count";
    static final String FREE_PAGES = "PRAGMA freelist_count";
    static final String CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)";
    static final String CHECKPOINT_NOOP = "PRAGMA wal_checkpoint(NOOP)";
    static final String CHECKPOINT_RESTART = "PRAGMA wal_checkpoint(RESTART)";
    static final String CHECKPOINT_TRUNCATE = "PRAGMA wal_checkpoint(TRUNCATE)";

    private Sql() {}

    /** Returns the statements by name, for the test that looks at their plans. */
    static Map<String, String> rendered() {
        return Map.copyOf(RENDERED);
    }

    /** Returns a statement that finds ids, and what gives the order, which has to be an index. */
    private static String walk(String name, Field<Long> column, boolean down) {
        return render(
                name,
                DSL_CONTEXT
                        .select(ENTRY.ID, column)
                        .from(ENTRY)
                        .where(column.ge(BOUND))
                        .orderBy(down ? column.desc() : column.asc()));
    }

    private static List<Field<?>> with(Field<?> first, List<Field<?>> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private static <T> Param<T> of(Field<T> column) {
        return param(column.getName(), column.getDataType());
    }

    private static String render(String name, Query query) {
        String sql = query.getSQL();
        RENDERED.put(name, sql);
        return sql;
    }

    /** jOOQ greets on the program's log when it renders first, unless told not to; nothing else of it is changed. */
    private static DSLContext quietContext() {
        String[] greetings = {"org.jooq.no-logo", "org.jooq.no-tips"};
        for (String greeting : greetings) {
            if (System.getProperty(greeting) == null) {
                System.setProperty(greeting, "true");
            }
        }
        return DSL.using(SQLDialect.SQLITE);
    }
}
