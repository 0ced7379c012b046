package dev.larder.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.larder.cache.CacheStore;
import dev.larder.cache.StoreCapability;
import dev.larder.cache.tck.CacheStoreContract;
import dev.larder.cache.tck.StoreFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The kit lets pass what keeps the contract, and names the rule that a broken store breaks. */
class ContractKitTest {
    /** The contract of whatever store a test chooses. Static and nested, so that the build does not run it by itself. */
    static final class Subject extends CacheStoreContract {
        private static volatile Supplier<StoreFixture> next = () -> new MapFixture(MapCacheStore::new);

        @Override
        protected StoreFixture fixture() {
            return next.get();
        }
    }

    private static EngineExecutionResults run(Supplier<StoreFixture> fixture, DiscoverySelector selector) {
        Subject.next = fixture;
        return EngineTestKit.engine("junit-jupiter").selectors(selector).execute();
    }

    private static DiscoverySelector test(String group, String name) {
        Class<?> nested = Arrays.stream(CacheStoreContract.class.getDeclaredClasses())
                .filter(type -> type.getSimpleName().equals(group))
                .findFirst()
                .orElseThrow();
        Method method = Arrays.stream(nested.getSuperclass().getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return selectNestedMethod(List.of(Subject.class), nested, method);
    }

    private static Set<String> methods(Events events) {
        return events.map(ContractKitTest::method).collect(Collectors.toSet());
    }

    private static String method(Event event) {
        return event.getTestDescriptor()
                .getSource()
                .map(source -> ((org.junit.platform.engine.support.descriptor.MethodSource) source).getMethodName())
                .orElseThrow();
    }

    static List<BrokenStore> brokenStores() {
        return BrokenStore.ALL;
    }

    @ParameterizedTest
    @MethodSource("brokenStores")
    void aBrokenStoreFailsTheTestOfItsRule(BrokenStore broken) {
        EngineExecutionResults results =
                run(() -> new MapFixture(broken.opener()), test(broken.group(), broken.test()));
        assertThat(methods(results.testEvents().failed())).contains(broken.test());
    }

    @Test
    void oneSubclassInAnotherPackageRunsEveryGroup() {
        EngineExecutionResults results = run(() -> new MapFixture(MapCacheStore::new), selectClass(Subject.class));
        Set<String> groups = results.containerEvents()
                .succeeded()
                .map(event -> event.getTestDescriptor().getSource())
                .flatMap(Optional::stream)
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass().getSimpleName())
                .collect(Collectors.toSet());
        assertThat(groups)
                .containsExactlyInAnyOrder(
                        "Subject",
                        "Reading",
                        "Writing",
                        "Expiry",
                        "Tags",
                        "Bounds",
                        "Deadlines",
                        "Reopening",
                        "Closing",
                        "Faults",
                        "Concurrency",
                        "Load");
        assertThat(results.testEvents().failed().count()).isZero();
        assertThat(results.testEvents().succeeded().count()).isGreaterThan(150);
    }

    @Test
    void whatAStoreCannotDoIsSkipped() {
        Supplier<StoreFixture> modest = () -> new MapFixture(ContractKitTest::openModest) {
            @Override
            public Set<StoreCapability> capabilities() {
                return Set.of();
            }
        };
        EngineExecutionResults results = run(modest, selectClass(Subject.class));
        assertThat(results.testEvents().failed().count()).isZero();
        assertThat(methods(results.testEvents().aborted()))
                .contains(
                        "entriesSurvive",
                        "aDamagedEntryIsAbsent",
                        "tenTimesTheBoundLeavesNoMoreThanTheBound",
                        "anImmediateStoreNeverWaits",
                        "asynchronousPutsNeverWait",
                        "twoStoresOnOneStorageSeeEachOther")
                .doesNotContain("anEntryComesBackEqual", "aStoreCanBeOpenedAgain");
    }

    private static CacheStore openModest(MapStorage storage, InstantSource clock, long maxEntries) {
        return new MapCacheStore(new MapStorage(), clock, maxEntries) {
            @Override
            public Set<StoreCapability> capabilities() {
                return Set.of();
            }
        };
    }

    @Test
    void aTestRunsInAThreadThatCanBeGivenUp() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Supplier<StoreFixture> fixture = () -> new MapFixture((storage, clock, maxEntries) -> {
            threads.add(Thread.currentThread().getName());
            return new MapCacheStore(storage, clock, maxEntries);
        });
        EngineExecutionResults results = run(fixture, test("Reading", "anEntryComesBackEqual"));
        assertThat(results.testEvents().succeeded().count()).isEqualTo(1);
        assertThat(threads).singleElement().asString().startsWith("junit-timeout-thread");
    }

    @Test
    void storageThatBelongsToNoEntryFailsATest() {
        Supplier<StoreFixture> littering = () -> new MapFixture(MapCacheStore::new) {
            @Override
            public long orphans() {
                return 1;
            }
        };
        assertThat(methods(run(littering, test("Tags", "anOverwriteReplacesTheTags"))
                        .testEvents()
                        .failed()))
                .contains("anOverwriteReplacesTheTags");
    }

    @Test
    void aFileThatStaysOpenFailsATest(@TempDir Path directory) throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "open files cannot be seen here");
        Path file = Files.createFile(directory.resolve("left-open"));
        LeakingFixture fixture = new LeakingFixture(file);
        try {
            assertThat(methods(run(() -> fixture, test("Faults", "aDamagedEntryIsAbsent"))
                            .testEvents()
                            .failed()))
                    .contains("aDamagedEntryIsAbsent");
        } finally {
            fixture.closeFiles();
        }
    }

    /** Opens a file with each store and closes it only when asked to. */
    private static final class LeakingFixture extends MapFixture {
        private final Path file;
        private final List<InputStream> open = new CopyOnWriteArrayList<>();

        LeakingFixture(Path file) {
            super(MapCacheStore::new);
            this.file = file;
        }

        @Override
        public CacheStore open(InstantSource clock) {
            try {
                open.add(Files.newInputStream(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return super.open(clock);
        }

        void closeFiles() throws IOException {
            for (InputStream stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void theStorageIsErasedAfterATestThatFailed() {
        AtomicInteger erased = new AtomicInteger();
        Supplier<StoreFixture> fixture =
                () -> new MapFixture(BrokenStore.named("works after close").opener()) {
                    @Override
                    public void destroy() {
                        erased.incrementAndGet();
                    }
                };
        EngineExecutionResults results = run(fixture, test("Closing", "aCallAfterCloseThrowsIllegalState"));
        assertThat(results.testEvents().failed().count()).isPositive();
        assertThat((long) erased.get()).isEqualTo(results.testEvents().started().count());
    }
}
