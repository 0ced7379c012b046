package dev.larder.cache.sqlite;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.larder.cache.CacheStoreException;
import dev.larder.cache.CacheStoreException.Kind;
import dev.larder.cache.sqlite.SqliteCacheStore.Compression;

/** Makes data smaller where that pays. */
final class Compressor {
    /** The fastest of the ordinary levels: the others gain some percent of size for several times the time. */
    private static final int LEVEL = 1;

    /** Less than this shares a page with others anyway, and its header is a good part of it. */
    private static final int LEAST_BYTES = 512;

    private Compressor() {}

    /** Returns the data in fewer bytes, at most seven eighths, or else {@code data} itself. */
    static byte[] compress(byte[] data, Compression compression) {
        if (compression == Compression.NONE || data.length < LEAST_BYTES) {
            return data;
        }
        byte[] compressed = Zstd.compress(data, LEVEL);
        return compressed.length <= data.length - data.length / 8 ? compressed : data;
    }

    /** Returns what was compressed, which had {@code length} bytes. */
    static byte[] decompress(byte[] compressed, int length) throws CorruptEntryException {
        // The checksum was right, so this is no more than a precaution against taking memory for nonsense.
        if (length < LEAST_BYTES || Zstd.getFrameContentSize(compressed) != length) {
            throw new CorruptEntryException();
        }
        try {
            return Zstd.decompress(compressed, length);
        } catch (ZstdException e) {
            throw new CorruptEntryException(e);
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
