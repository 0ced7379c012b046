package dev.larder.perf.peers.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.peers.clients.PeerClient;
import dev.larder.perf.suite.Progress;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each probe, over one that can do it and one that cannot. */
@Timeout(300)
class ProbesTest {
    private static final StoreChoice SQLITE =
            StoreChoices.named("sqlite committed").get(0);

    private static List<ProbeResult> results;

    @TempDir
    private Path directory;

    @BeforeAll
    static void probe() throws InterruptedException {
        List<StoreChoice> stores = List.of(SQLITE, StoreChoices.named("ehcache").get(0));
        List<PeerClient> clients = List.of(PeerClient.LARDER_MEMORY, PeerClient.METHANOL_MEMORY, PeerClient.OKHTTP);
        results = new Probes(stores, clients).run(Progress.none());
    }

    private static Map<String, String> verdicts(Probe probe) {
        return results.stream()
                .filter(result -> result.probe() == probe)
                .collect(Collectors.toMap(result -> result.store().name(), ProbeResult::verdict));
    }

    @Test
    void tellsWhoAnswersAPostFromTheCache() {
        assertThat(verdicts(Probe.POST))
                .containsOnly(
                        Map.entry("larder (memory)", "answers from the cache"),
                        Map.entry("methanol (memory)", "sends it again"),
                        Map.entry("okhttp (disk)", "sends it again"));
    }

    @Test
    void tellsWhatTwoProcessesMakeOfOneDirectory() {
        assertThat(verdicts(Probe.PROCESSES))
                .containsOnly(
                        Map.entry("sqlite committed", "share it"),
                        Map.entry("ehcache", "is refused"),
                        Map.entry("okhttp (disk)", "opens, does not see the other"));
        assertThat(results)
                .filteredOn(result -> result.verdict().equals("is refused"))
                .extracting(ProbeResult::evidence)
                .singleElement()
                .asString()
                .contains("locked by another process");
    }

    @Test
    void tellsWhatAKillLeaves() {
        assertThat(verdicts(Probe.KILL))
                .containsEntry("sqlite committed", "keeps all")
                .containsEntry("ehcache", "loses all")
                .containsKey("okhttp (disk)");
    }

    @Test
    void tellsWhatADamagedByteCosts() {
        assertThat(verdicts(Probe.DAMAGE))
                .containsEntry("sqlite committed", "loses that answer")
                .containsEntry("okhttp (disk)", "serves it damaged");
    }

    @Test
    void nothingIsWrongWithOurs() {
        assertThat(results).allSatisfy(result -> assertThat(result.violations()).isEmpty());
    }

    @Test
    void resultHasNoCallsAndSaysWhatWasSeen() {
        assertThat(results).allSatisfy(result -> {
            assertThat(result.scenario()).isEqualTo("probe");
            assertThat(result.requests()).isZero();
            assertThat(result.errors()).isZero();
            assertThat(result.details()).containsOnlyKeys("probe", "verdict", "evidence");
            assertThat(result.evidence()).isNotEmpty();
        });
    }

    @Test
    void whatOursMustNotDoIsAViolationAndWhatAPeerDoesIsNot() throws InterruptedException {
        Finding.Asking asking = () -> {
            throw new IllegalStateException("no such luck");
        };
        ProbeResult ours = Finding.about(Subject.of(SQLITE, Set.of()), Probe.KILL, asking);
        ProbeResult peers = Finding.about(Subject.of(PeerClient.OKHTTP), Probe.KILL, asking);

        assertThat(ours.verdict()).isEqualTo("fails");
        assertThat(ours.violations())
                .containsExactly("sqlite committed, probe, kill -9: fails, which it must not:"
                        + " IllegalStateException: no such luck");
        assertThat(peers.verdict()).isEqualTo("fails");
        assertThat(peers.violations()).isEmpty();
    }

    @Test
    void damagesEveryPlaceAndNothingElse() throws Exception {
        Path file = Files.write(directory.resolve("a"), new byte[] {0, 1, 2, 3, 0, 1, 2, 3});
        Path other = Files.write(directory.resolve("b"), new byte[] {1, 2});

        assertThat(Damage.to(directory, new byte[] {1, 2, 3})).isEqualTo(2);
        assertThat(file).hasBinaryContent(new byte[] {0, 1, -3, 3, 0, 1, -3, 3});
        assertThat(other).hasBinaryContent(new byte[] {1, 2});
        assertThat(Damage.to(directory, new byte[] {9, 9})).isZero();
    }
}
