package dev.larder.cache.sqlite;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What stores warn of while a test runs, which is then not printed. */
final class Warnings extends Handler {
    // Kept, because the log manager would forget a logger that nobody holds.
    private final Logger logger = Logger.getLogger(SqliteCacheStore.class.getPackageName());
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);

    Warnings() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            texts.add(entry.getMessage());
            first.countDown();
        }
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    /** Waits for the first warning. */
    void await() throws InterruptedException {
        if (!first.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody warned");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
