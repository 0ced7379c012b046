package dev.larder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheStoresTest {
    private static TestStores.Opened open(String spec) {
        return (TestStores.Opened) CacheStores.open(spec);
    }

    @Test
    void aStoreIsOpenedByItsScheme() {
        TestStores.Opened store = open(" test:/a%2Cb?size=64MiB ");
        assertThat(store.spec.location()).isEqualTo("/a,b");
        assertThat(store.size).hasValue(64L << 20);
    }

    @Test
    void theClockIsHandedDown() {
        InstantSource clock = () -> Instant.EPOCH;
        CacheStores.open("test:,test:", clock);
        assertThat(TestStores.last.spec.clock()).isSameAs(clock);
    }

    @Test
    void aCommaListIsOpenedAsTiersFromTheNearest() {
        TestStores.Opened store = open("test:near, test:middle ,test:far?size=1");
        assertThat(store.spec.scheme()).isEqualTo("tiered");
        assertThat(store.spec.tiers()).extracting(StoreSpec::location).containsExactly("near", "middle", "far");
        assertThat(TestStores.last.spec.location()).isEqualTo("far");
    }

    @Test
    void theOptionsOfTheCombinationStandInFront() {
        TestStores.Opened store = open("tiered:?size=5,test:near,test:far");
        assertThat(store.size).hasValue(5);
        assertThat(store.spec.tiers()).extracting(StoreSpec::location).containsExactly("near", "far");
    }

    @Test
    void anUnknownSchemeIsAnsweredWithTheListOfThose() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheStores.open("nothing:"))
                .withMessage("unknown store 'nothing': on the class path are test, tiered");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheStores.open("test:,nothing:"))
                .withMessageContaining("unknown store 'nothing'");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheListOfThoseAndTheStoreIsClosed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheStores.open("test:?sise=1"))
                .withMessage("unknown option 'sise' of test: choose from size");
        assertThat(TestStores.last.closed).isTrue();
    }

    @Test
    void aStoreThatFailsToCloseDoesNotHideTheUnknownOption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheStores.open("test:fails-to-close?sise=1"))
                .withMessageContaining("sise")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "test:,", ",test:", "test:,,test:"})
    void anEmptyElementIsRefused(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheStores.open(spec))
                .withMessageContaining("not a store spec: ''");
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> CacheStores.open((String) null));
        assertThatNullPointerException().isThrownBy(() -> CacheStores.open((StoreSpec) null));
        assertThatNullPointerException()
                .isThrownBy(() -> CacheStores.open("test:", null))
                .withMessage("clock");
    }

    @Test
    void schemesAndSamplesAreThoseOfTheClassPath() {
        assertThat(CacheStores.schemes()).containsExactly("test", "tiered");
        Map<String, String> samples = CacheStores.samples(Path.of("dir"));
        assertThat(samples).containsOnlyKeys("test", "tiered").containsEntry("tiered", "tiered:");
        assertThat(open(samples.get("test")).spec.location())
                .isEqualTo(Path.of("dir", "a,b").toString());
    }

    /** Provides the scheme of {@link TestStores} a second time. */
    public static final class Rival implements CacheStoreProvider {
        /** For the service loader. */
        public Rival() {}

        @Override
        public String scheme() {
            return "test";
        }

        @Override
        public CacheStore open(StoreSpec spec) {
            throw new IllegalStateException("not to be opened");
        }
    }

    @Test
    void aSchemeProvidedTwiceIsRefusedByName() {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(new RivalLoader(loader));
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> CacheStores.open("test:"))
                    .withMessageContaining(Rival.class.getName())
                    .withMessageContaining(TestStores.class.getName());
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    @Test
    void providersAreFoundWithoutAContextLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            assertThat(open("test:").closed).isFalse();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** Shows the service loader another file than the one on the class path. */
    private static final class RivalLoader extends ClassLoader {
        RivalLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            if (!name.endsWith(CacheStoreProvider.class.getName())) {
                return super.getResources(name);
            }
            URLStreamHandler rival = new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(
                                    Rival.class.getName().getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            };
            return Collections.enumeration(List.of(new URL(null, "rival:services", rival)));
        }
    }
}
