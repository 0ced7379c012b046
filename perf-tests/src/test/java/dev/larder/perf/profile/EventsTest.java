package dev.larder.perf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsTest {
    @ParameterizedTest
    @CsvSource({
        "[B,byte[]",
        "[[J,long[][]",
        "[Ljava.lang.String;,java.lang.String[]",
        "dev.larder.A,dev.larder.A",
        "dev.larder.A$$Lambda$696+0x00007f5e98405cb0.62,dev.larder.A$$Lambda"
    })
    void classesAreNamedAsJavaWritesThem(String name, String readable) {
        assertThat(Events.readable(name)).isEqualTo(readable);
    }

    @Test
    void knowsWhatIsTheJdks() {
        assertThat(Events.isOfTheJdk("java.util.HashMap")).isTrue();
        assertThat(Events.isOfTheJdk("jdk.internal.misc.Unsafe")).isTrue();
        assertThat(Events.isOfTheJdk("dev.larder.cache.CacheKey")).isFalse();
    }
}
