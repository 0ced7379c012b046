package dev.larder.cache.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a copy of a damaged file in which the way to the entries is new. Rows lie in the leaves of a tree; the first
 * page, which has the schema, and the inner pages of the tree only say where those are. If one of them is damaged SQLite
 * finds no row at all, although each is there.
 *
 * <p>What is needed instead is all in the file format of SQLite: a fresh file of the same schema has the same first
 * page, but for the length; and a file with incremental vacuum has a map that says of each page what it is, and which
 * page leads to it. So pages in no use, which may still hold what was removed, are not taken for leaves.
 *
 * <p>The log is read frame by frame, up to the last commit, without its index and without its checksums: those end where
 * the damage begins. Frames that are not of this log any more have another salt. Of a page whose latest frame cannot be
 * told for one, the one before it is taken: what was committed to that page since is undone. What a log holds beyond the
 * place where it was once taken up anew after damage is taken for the latest, which undoes likewise.
 */
final class RebuiltCopy {
    private static final int PAGE = Connections.PAGE_SIZE;

    /** Entries of a page of the map, which is followed by the pages that it describes. */
    private static final int MAPPED = PAGE / 5;

    private static final byte TREE_PAGE = 5;
    private static final byte LEAF = 13;
    private static final byte INNER = 5;
    private static final int LEAF_HEADER = 8;
    private static final int INNER_HEADER = 12;

    /** A page number, and a row id in the longest form of a number, which has 9 bytes. */
    private static final int INNER_CELL = 4 + 9;

    private static final int MOST_CHILDREN = 1 + (PAGE - INNER_HEADER) / (2 + INNER_CELL);
    private static final int MOST_LEVELS = 20;

    private final FileChannel copy;
    private final int root;
    private int pages;

    private RebuiltCopy(FileChannel copy, int root) {
        this.copy = copy;
        this.root = root;
    }

    /**
     * Writes the copy of a file and its log.
     *
     * @param firstPage of a fresh file of the same schema
     * @param root the page at which the table of entries begins
     */
    static void write(Path file, Path copy, byte[] firstPage, int root) throws IOException {
        // To close the file drops the locks that SQLite has on it for this process. It is about to be replaced.
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long length = from.size();
            long at = 0;
            while (at < length) {
                at += from.transferTo(at, length - at, to);
            }
            RebuiltCopy rebuilt = new RebuiltCopy(to, root);
            rebuilt.pages = (int) (length / PAGE);
            Path log = StoreFile.log(file);
            if (Files.exists(log)) {
                rebuilt.copyLog(log);
            }
            rebuilt.rebuildTree();
            rebuilt.writeFirstPage(firstPage);
        }
    }

    private void copyLog(Path path) throws IOException {
        try (FileChannel log = FileChannel.open(path, StandardOpenOption.READ)) {
            long frames = StoreFile.logFrames(log.size());
            if (frames == 0) {
                return;
            }
            long most = pages + frames;
            long salt = read(log, 16, Long.BYTES).getLong();
            long committed = 0;
            int length = pages;
            for (long frame = 0; frame < frames; frame++) {
                ByteBuffer header = read(log, StoreFile.logFrame(frame), 16);
                int pagesAfterCommit = header.getInt(4);
                if (header.getLong(8) == salt && pagesAfterCommit > 0 && pagesAfterCommit <= most) {
                    committed = frame + 1;
                    length = pagesAfterCommit;
                }
            }
            for (long frame = 0; frame < committed; frame++) {
                ByteBuffer header = read(log, StoreFile.logFrame(frame), 16);
                int page = header.getInt(0);
                if (header.getLong(8) == salt && page > 0 && page <= length) {
                    writePage(page, read(log, StoreFile.logFrame(frame + 1) - PAGE, PAGE));
                }
            }
            pages = (int) Math.min(length, copy.size() / PAGE);
        }
    }

    private void writeFirstPage(byte[] firstPage) throws IOException {
        ByteBuffer page = ByteBuffer.wrap(firstPage.clone());
        // Without a log, as long as it is, and without a list of free pages.
        page.put(18, (byte) 1).put(19, (byte) 1);
        page.putInt(28, pages).putInt(32, 0).putInt(36, 0);
        writePage(1, page);
    }

    /** A page, and the last row id in it and what it leads to. */
    private record Child(int page, long lastId) {}

    private void rebuildTree() throws IOException {
        List<Child> level = leaves();
        level.sort(Comparator.comparingLong(Child::lastId));
        while (level.size() > MOST_CHILDREN) {
            List<Child> above = new ArrayList<>();
            // Of like size, because a page needs two.
            int parents = (level.size() + MOST_CHILDREN - 1) / MOST_CHILDREN;
            for (int i = 0; i < parents; i++) {
                List<Child> children = level.subList(
                        (int) ((long) level.size() * i / parents), (int) ((long) level.size() * (i + 1) / parents));
                writeInner(++pages, children);
                above.add(new Child(pages, children.get(children.size() - 1).lastId()));
            }
            level = above;
        }
        if (level.size() > 1) {
            writeInner(root, level);
        } else if (level.size() == 1) {
            writePage(root, readPage(level.get(0).page()));
        }
    }

    private List<Child> leaves() throws IOException {
        byte[] types = new byte[pages + 1];
        int[] parents = new int[pages + 1];
        for (int mapPage = 2; mapPage <= pages; mapPage += MAPPED + 1) {
            ByteBuffer map = readPage(mapPage);
            for (int page = mapPage + 1; page <= Math.min(mapPage + MAPPED, pages); page++) {
                types[page] = map.get();
                parents[page] = map.getInt();
            }
        }
        List<Child> leaves = new ArrayList<>();
        for (int page = 3; page <= pages; page++) {
            Child leaf = isUnderRoot(page, types, parents) ? leaf(page, readPage(page)) : null;
            if (leaf != null) {
                leaves.add(leaf);
            }
        }
        return leaves;
    }

    private boolean isUnderRoot(int page, byte[] types, int[] parents) {
        int at = page;
        for (int i = 0; i < MOST_LEVELS && at > 0 && at < types.length && types[at] == TREE_PAGE; i++) {
            at = parents[at];
            if (at == root) {
                return true;
            }
        }
        return false;
    }

    /** Returns null for what is no leaf of a table. */
    private static @Nullable Child leaf(int number, ByteBuffer page) {
        int cells = page.getShort(3);
        if (page.get(0) != LEAF || cells <= 0 || LEAF_HEADER + 2 * cells > PAGE) {
            return null;
        }
        int cell = page.getShort(LEAF_HEADER + 2 * (cells - 1));
        // Two numbers, the length of the row and its id.
        if (cell < LEAF_HEADER || cell > PAGE - 18) {
            return null;
        }
        page.position(cell);
        readNumber(page);
        return new Child(number, readNumber(page));
    }

    /** Reads a number of 1 to 9 bytes: 7 bits in each, where the first bit says whether there are more, 8 in the last. */
    private static long readNumber(ByteBuffer page) {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            byte next = page.get();
            number = number << 7 | (next & 0x7f);
            if (next >= 0) {
                return number;
            }
        }
        return number << 8 | (page.get() & 0xff);
    }

    private static void writeNumber(ByteBuffer page, long number) {
        for (int i = 7; i >= 0; i--) {
            page.put((byte) (0x80 | (number >>> (8 + 7 * i))));
        }
        page.put((byte) number);
    }

    /** Writes an inner page: all children but the last are cells, each with the last row id under it. */
    private void writeInner(int number, List<Child> children) throws IOException {
        int cells = children.size() - 1;
        int first = PAGE - cells * INNER_CELL;
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        page.put(INNER).putShort((short) 0).putShort((short) cells).putShort((short) first);
        page.put((byte) 0).putInt(children.get(cells).page());
        for (int i = 0; i < cells; i++) {
            page.putShort((short) (first + i * INNER_CELL));
        }
        page.position(first);
        for (Child child : children.subList(0, cells)) {
            page.putInt(child.page());
            writeNumber(page, child.lastId());
        }
        writePage(number, page);
    }

    private ByteBuffer readPage(int number) throws IOException {
        return read(copy, (number - 1L) * PAGE, PAGE);
    }

    private void writePage(int number, ByteBuffer page) throws IOException {
        page.rewind();
        long at = (number - 1L) * PAGE;
        while (page.hasRemaining()) {
            copy.write(page, at + page.position());
        }
    }

    /** Returns so many bytes, zeros for those that are not there. */
    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // Until all are there, or the file ends.
        }
        return bytes.clear();
    }
}
