package dev.larder.perf.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.cache.CacheStore;
import dev.larder.cache.CacheStoreException;
import dev.larder.perf.scenarios.Scenarios;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer that cannot even be opened here costs its own rows, one of ours the run. */
class BrokenBaselineTest {
    private static CacheStore fail(Path directory) {
        throw new CacheStoreException(CacheStoreException.Kind.UNAVAILABLE, "no such luck");
    }

    private static List<Row> run(StoreChoice store) throws InterruptedException {
        return new ClosedLoop(new Plan(
                        List.of(store),
                        List.of(Scenarios.named("retrievals").orElseThrow()),
                        List.of(1),
                        0,
                        1,
                        2,
                        1,
                        new Extent(true, Duration.ofMillis(100))))
                .run(Progress.none());
    }

    @Test
    void isShownWithItsError() throws InterruptedException {
        Row row = run(StoreChoice.baseline("broken", BrokenBaselineTest::fail)).get(0);

        assertThat(row.errors()).isEqualTo(2);
        assertThat(row.violations()).isEmpty();
        assertThat(row.details().get("deviations")).asString().contains("repetition 2", "no such luck");
    }

    @Test
    void oneOfOursEndsTheRun() {
        StoreChoice ours = StoreChoice.ofSpec("ours", directory -> {
            throw new CacheStoreException(CacheStoreException.Kind.UNAVAILABLE, "no such luck");
        });
        assertThatThrownBy(() -> run(ours)).hasMessage("no such luck");
    }
}
