package dev.larder.cache.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What befalls a file, by chance, and the same each time for the same chance. */
final class Damage implements AutoCloseable {
    private enum Kind {
        ONE_BYTE,
        SOME_BYTES,
        A_PAGE_OF_ZEROS,
        A_PAGE_OF_NOISE,
        TWO_PAGES_SWAPPED,
        SHORTER,
        LONGER
    }

    private static final int PAGE = Connections.PAGE_SIZE;

    private final Random random;
    private final List<String> done = new ArrayList<>();
    // Not closed before the store is: that would drop the locks that SQLite holds for this process.
    private final List<RandomAccessFile> open = new ArrayList<>();

    Damage(long seed) {
        random = new Random(seed);
    }

    /** Damages the file, its log, or both, in one to three ways. */
    void strike(Path file) throws IOException {
        Path log = StoreFile.log(file);
        int target = random.nextInt(3);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            if (target == 0 || (target == 2 && random.nextBoolean())) {
                damage(log);
            } else {
                damage(file);
            }
        }
    }

    private void damage(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        open.add(file);
        long length = file.length();
        if (length < 2 * PAGE) {
            return;
        }
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        long at = random.nextLong(length);
        done.add(kind + " of " + path.getFileName() + " at " + at);
        switch (kind) {
            case ONE_BYTE -> flip(file, at);
            case SOME_BYTES -> {
                for (int i = 0; i < 16; i++) {
                    flip(file, random.nextLong(length));
                }
            }
            case A_PAGE_OF_ZEROS -> write(file, page(at), new byte[PAGE]);
            case A_PAGE_OF_NOISE -> write(file, page(at), noise(PAGE));
            case TWO_PAGES_SWAPPED -> {
                long other = page(random.nextLong(length));
                byte[] one = read(file, page(at));
                write(file, page(at), read(file, other));
                write(file, other, one);
            }
            case SHORTER -> file.setLength(random.nextInt(4) == 0 ? 0 : at);
            case LONGER -> write(file, length, noise(1 + random.nextInt(3 * PAGE)));
        }
    }

    /** Overwrites pages of a file with noise, counted from 1 as SQLite does. */
    void overwrite(Path path, Iterable<Long> pages) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        open.add(file);
        for (long page : pages) {
            write(file, (page - 1) * PAGE, noise(PAGE));
        }
    }

    /** Overwrites a part of a file with zeros. */
    void erase(Path path, long from, long to) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        open.add(file);
        write(file, from, new byte[(int) (to - from)]);
    }

    /** Cuts a file down. */
    void cut(Path path, long length) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        open.add(file);
        file.setLength(length);
    }

    private void flip(RandomAccessFile file, long at) throws IOException {
        file.seek(at);
        int before = file.read();
        write(file, at, new byte[] {(byte) (before ^ (1 + random.nextInt(255)))});
    }

    private static long page(long at) {
        return at / PAGE * PAGE;
    }

    private static byte[] read(RandomAccessFile file, long at) throws IOException {
        byte[] bytes = new byte[(int) Math.min(PAGE, file.length() - at)];
        file.seek(at);
        file.readFully(bytes);
        return bytes;
    }

    private static void write(RandomAccessFile file, long at, byte[] bytes) throws IOException {
        file.seek(at);
        file.write(bytes);
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    @Override
    public void close() throws IOException {
        for (RandomAccessFile file : open) {
            file.close();
        }
    }

    @Override
    public String toString() {
        return String.join(", ", done);
    }
}
