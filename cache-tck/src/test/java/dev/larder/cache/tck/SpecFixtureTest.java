package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.cache.StoreCapability;
import org.junit.jupiter.api.Test;

class SpecFixtureTest {
    @Test
    void theBoundIsAnOptionOfEveryStore() {
        assertThat(SpecFixture.bounded("memory", 5)).isEqualTo("memory:?maxEntries=5");
        assertThat(SpecFixture.bounded("memory:", 5)).isEqualTo("memory:?maxEntries=5");
        assertThat(SpecFixture.bounded("sqlite:/a.db?x=1", 5)).isEqualTo("sqlite:/a.db?x=1&maxEntries=5");
        assertThat(SpecFixture.bounded("tiered:?x=1, memory:,sqlite:/a.db", 5))
                .isEqualTo("tiered:?x=1, memory:?maxEntries=5,sqlite:/a.db?maxEntries=5");
    }

    @Test
    void capabilitiesAreThoseThatWereNamed() {
        StoreFixture fixture = StoreFixture.ofSpec("nowhere:", StoreCapability.BOUNDED);
        assertThat(fixture.capabilities()).containsExactly(StoreCapability.BOUNDED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.open(new ManualClock()))
                .withMessageContaining("nowhere");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.openBounded(new ManualClock(), 5))
                .withMessageContaining("nowhere");
    }
}
