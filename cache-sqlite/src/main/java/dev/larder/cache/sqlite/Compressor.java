package dev.larder.cache.sqlite;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.sqlite.SqliteCacheStore.Compression;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes data smaller where that pays.
 *
 * <p>What Zstandard works with is kept and lent: to make it anew for each value took three times as long as the value.
 */
final class Compressor {
    /** The fastest of the ordinary levels: the others gain some percent of size for several times the time. */
    private static final int LEVEL = 1;

    /** Less than this shares a page with others anyway, and its header is a good part of it. */
    private static final int LEAST_BYTES = 512;

    private static final Pool<ZstdCompressCtx> COMPRESSING =
            new Pool<>(() -> new ZstdCompressCtx().setLevel(LEVEL), ZstdCompressCtx::close);
    private static final Pool<ZstdDecompressCtx> DECOMPRESSING =
            new Pool<>(ZstdDecompressCtx::new, ZstdDecompressCtx::close);

    private Compressor() {}

    /** Returns the data in fewer bytes, at most seven eighths, or else {@code data} itself. */
    static byte[] compress(byte[] data, Compression compression) {
        if (compression == Compression.NONE || data.length < LEAST_BYTES) {
            return data;
        }
        byte[] compressed = COMPRESSING.with(ctx -> ctx.compress(data));
        return compressed.length <= data.length - data.length / 8 ? compressed : data;
    }

    /** Returns what was compressed, which had {@code length} bytes. */
    static byte[] decompress(byte[] compressed, int length) throws CorruptEntryException {
        // The checksum was right, so this is no more than a precaution against taking memory for nonsense.
        if (length < LEAST_BYTES || Zstd.getFrameContentSize(compressed) != length) {
            throw new CorruptEntryException();
        }
        try {
            return DECOMPRESSING.with(ctx -> ctx.decompress(compressed, length));
        } catch (ZstdException e) {
            throw new CorruptEntryException(e);
        }
    }

    /** A few things for one thread at a time; more are made where more threads want one at once, and not kept. */
    private static final class Pool<C> {
        private static final int MOST = 16;

        private final ArrayBlockingQueue<C> idle = new ArrayBlockingQueue<>(MOST);
        private final Supplier<C> maker;
        private final Consumer<C> closer;

        Pool(Supplier<C> maker, Consumer<C> closer) {
            this.maker = maker;
            this.closer = closer;
        }

        byte[] with(Function<C, byte[]> work) {
            C borrowed = idle.poll();
            C context = borrowed == null ? maker.get() : borrowed;
            boolean sound = false;
            try {
                byte[] result = work.apply(context);
                sound = true;
                return result;
            } finally {
                if (!sound || !idle.offer(context)) {
                    closer.accept(context);
                }
            }
        }
    }

    /**
     * Finds out whether there is a native library for this platform.
     *
     * @throws CacheStoreException UNAVAILABLE if there is none
     */
    static void check(Compression compression) {
        try {
            if (compression != Compression.NONE) {
                Zstd.compressBound(1);
            }
        } catch (LinkageError e) {
            throw new CacheStoreException(
                    Kind.UNAVAILABLE,
                    "compress=zstd needs the native library of zstd-jni, which cannot be loaded here: leave compress"
                            + " out, or correct what it says (" + e + ")",
                    e);
        }
    }
}
