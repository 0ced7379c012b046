package dev.larder.cache.tck;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * The contract of {@link dev.larder.cache.CacheStore} as tests. A store's author extends it by one class and has all
 * of them run against the store:
 *
 * <pre>{@code
 * class RedisContractTest extends CacheStoreContract {
 *     @Override
 *     protected StoreFixture fixture() {
 *         return new RedisFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>What only some stores can do is tested where the fixture names the capability, and reported as skipped where it
 * does not. After every test: the store's counters agree with what the test saw it do, closing it again does nothing,
 * no thread and no file stays open, and no piece of storage is left that belongs to no entry.
 *
 * <p>Time comes from a {@link ManualClock}. No test sleeps; one that hangs is given up after two minutes.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class CacheStoreContract {
    private final ContractRun run = new ContractRun();

    /** For subclasses. */
    protected CacheStoreContract() {}

    /** Returns a fixture with empty storage of its own; called once for each test. */
    protected abstract StoreFixture fixture();

    @BeforeEach
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    final void beginRun() {
        run.begin(fixture());
    }

    @AfterEach
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    final void finishRun() throws InterruptedException {
        run.finish();
    }

    @Nested
    class Reading extends ReadingRules {
        Reading() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Writing extends WritingRules {
        Writing() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Expiry extends ExpiryRules {
        Expiry() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Tags extends TagRules {
        Tags() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Bounds extends BoundRules {
        Bounds() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Deadlines extends DeadlineRules {
        Deadlines() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Reopening extends ReopeningRules {
        Reopening() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Closing extends ClosingRules {
        Closing() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Faults extends FaultRules {
        Faults() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyRules {
        Concurrency() {
            super(CacheStoreContract.this.run);
        }
    }

    @Nested
    class Load extends LoadRules {
        Load() {
            super(CacheStoreContract.this.run);
        }
    }
}
