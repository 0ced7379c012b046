package dev.larder.perf.peers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.suite.Step;
import dev.larder.perf.suite.StoreChoices;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {
    @Test
    void stepsAreOnesOfClientsOfStoresAndOfProbes() {
        Peers peers = new Peers(StoreChoices.named("memory"), true);

        assertThat(peers.plan())
                .extracting(Step::name)
                .contains(
                        "larder (sqlite), get-hits, 8 callers",
                        "okhttp (disk), get-misses, 1 caller",
                        "memory, peers-creates, 30 callers",
                        "rocksdb, peers-mixed-operations, 30 callers",
                        "probe, kill -9");
        assertThat(peers.plan()).hasSize(8 * 4 + 5 * 3 + 4);
    }

    @Test
    void peersThatWereAskedForTakePartOnce() {
        assertThat(new Peers(StoreChoices.peers(), true).plan()).isEqualTo(new Peers(List.of(), true).plan());
    }

    @Test
    void knowsItsRows() {
        assertThat(List.of("get-hits", "peers-creates")).allMatch(Peers::isRow);
        assertThat(List.of("creates", "probe", "peers")).noneMatch(Peers::isRow);
    }
}
