package dev.larder.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.peers.probes.Probe;
import dev.larder.perf.peers.probes.ProbeResult;
import dev.larder.perf.suite.StoreChoice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTableTest {
    @Test
    void saysWhoDidWhatAndShortensLongEvidence() {
        StoreChoice client = StoreChoice.client("some client", true, false, "");
        StringWriter text = new StringWriter();

        TableReport.print(
                List.of(
                        new ProbeResult(client, Probe.POST, "sends it again", "2 of 2 calls", 1, null),
                        new ProbeResult(client, Probe.KILL, "loses all", "x".repeat(500), 1, null)),
                new PrintWriter(text));

        List<String> lines = text.toString().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).split(" {2,}")).containsExactly("probe", "who", "verdict", "evidence");
        assertThat(lines.get(2).split(" {2,}"))
                .containsExactly("repeated POST", "some client", "sends it again", "2 of 2 calls");
        assertThat(lines.get(3)).endsWith("x...").hasSizeLessThan(200);
    }
}
