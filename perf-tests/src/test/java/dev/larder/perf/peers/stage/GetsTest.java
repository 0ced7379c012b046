package dev.larder.perf.peers.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.perf.peers.clients.Getter;
import dev.larder.perf.peers.clients.PeerClient;
import dev.larder.perf.suite.Course;
import dev.larder.perf.suite.Measurement;
import dev.larder.perf.suite.Planted;
import dev.larder.perf.suite.Scenario;
import dev.larder.perf.suite.Scenario.Crowd;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GetsTest {
    private static final int CALLERS = 2;
    private static final int ITERATIONS = 20;

    private static Measurement run(Course course, PeerClient client) throws Exception {
        Scenario scenario = new Scenario(
                "gets", "Clients get pages.", course, List.of(new Crowd(CALLERS, ITERATIONS)), Integer.MAX_VALUE);
        return Planted.run(scenario, client.choice());
    }

    @ParameterizedTest
    @EnumSource
    void hitsReachTheOriginOnlyWithoutACache(PeerClient client) throws Exception {
        Measurement measurement = run(Gets.hits(), client);

        assertThat(measurement.faults()).isEmpty();
        assertThat(measurement.requests()).isEqualTo(CALLERS * ITERATIONS);
        assertThat(measurement.upstreamCalls()).isEqualTo(client.caches() ? 0 : CALLERS * ITERATIONS);
        assertThat(measurement.found()).isEqualTo(client.caches() ? CALLERS * ITERATIONS : 0);
    }

    @ParameterizedTest
    @EnumSource
    void everyMissReachesTheOrigin(PeerClient client) throws Exception {
        Measurement measurement = run(Gets.misses(), client);

        assertThat(measurement.faults()).isEmpty();
        assertThat(measurement.upstreamCalls()).isEqualTo(CALLERS * ITERATIONS);
    }

    @Test
    void bodyOfAnotherPageIsAFault() throws Exception {
        PageCall call = PageCall.of(new OtherBodies(), URI.create("http://127.0.0.1:1"), 3);
        call.make();
        assertThat(call.fault()).isEqualTo("a body that is not the page's");
    }

    /** A client that gives everybody the same wrong body. */
    private static final class OtherBodies implements Getter {
        @Override
        public Get prepare(URI uri) {
            return () -> new byte[] {1};
        }

        @Override
        public Get prepareFromCache(URI uri) {
            return prepare(uri);
        }

        @Override
        public Get preparePost(URI uri, byte[] body) {
            return prepare(uri);
        }

        @Override
        public void close() {}
    }
}
