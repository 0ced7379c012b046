package dev.larder.perf.micro;

import dev.larder.cache.CacheEntry;
import dev.larder.cache.CacheKey;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A benchmark of a call that changes the store in such a way that it cannot be made again: what is new is put once, and
 * what is removed is gone. So {@value #BATCH} entries are put or removed in a batch, which is timed as a whole, and
 * then, outside of the time, everything is made as it was. The store neither grows nor shrinks however long it runs,
 * and beside the entries of the batch it holds {@value #OTHERS} that nobody touches.
 *
 * <p>The figure can be believed: the clock is read twice in a batch, some 50 ns in all, 0.25 ns of it for a
 * call. Between batches the store is flushed, outside of the time as well, so that none has to wait for what
 * an earlier one has left. For a store that writes behind, the figure is therefore for how long a call keeps its caller,
 * not what has to be done later; for that there are the load suite's {@code signups}, {@code creates} and {@code
 * steady}. Bytes allocated are those of all threads until everything is written, without those of the preparation.
 */
public abstract class BatchState extends StoreState {
    static final int BATCH = 200;
    static final int OTHERS = 1000;

    private CacheKey[] keys = {};
    private CacheEntry[] entries = {};
    private boolean isPut;

    /** For JMH. */
    protected BatchState() {}

    @Override
    final void prepare() {
        keep(BATCH, OTHERS, this::other);
        keys = keys(0, BATCH);
        entries = new CacheEntry[BATCH];
        Arrays.setAll(entries, this::own);
        prepareBatch();
    }

    /** Checks what the last batch has left, and makes ready for the next. */
    @Setup(Level.Invocation)
    public final void between(Untimed untimed) {
        untimed.run(() -> {
            restore();
            store().flush(deadline());
        });
    }

    /** Waits until what the batch has changed is written. */
    @TearDown(Level.Invocation)
    public final void settle() {
        store().flush(deadline());
    }

    /** Makes ready for the first batch. */
    void prepareBatch() {}

    /**
     * Makes the store as every batch finds it.
     *
     * @throws WrongAnswerException if the last batch has not left what it must
     */
    abstract void restore();

    /** Returns an entry that nobody touches. */
    CacheEntry other(long number) {
        return entry(number);
    }

    /** Returns the entry of the batch with this number, 0 to {@value #BATCH} less one. */
    CacheEntry own(int number) {
        return entry(number);
    }

    final CacheKey[] keys() {
        return keys;
    }

    final CacheEntry[] entries() {
        return entries;
    }

    /** Removes what the last batch has put. */
    final void removePut() {
        if (isPut) {
            expect(keys[BATCH - 1], entries[BATCH - 1]);
        }
        for (CacheKey key : keys) {
            // Before the first batch it may be there in a store whose spec names a place of its own.
            if (!store().remove(key, deadline()) && isPut) {
                throw new WrongAnswerException("an entry that was put is not there");
            }
        }
        isPut = true;
    }

    /** Fails unless the store has this entry under this key. */
    final void expect(CacheKey key, CacheEntry entry) {
        if (!entry.equals(store().get(key, deadline()))) {
            throw new WrongAnswerException("an entry that was put is not there as it was");
        }
    }
}
