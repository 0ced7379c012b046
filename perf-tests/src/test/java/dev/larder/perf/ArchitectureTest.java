package dev.larder.perf;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may depend on what. The table is the one of the design; a new module is a new line here. */
class ArchitectureTest {
    /**
     * A part of the toolkit.
     *
     * @param packages its packages
     * @param mayUse the packages that it may depend on beside its own, the JDK's and JSpecify's
     * @param published whether others compile against it
     */
    private record Part(String name, List<String> packages, List<String> mayUse, boolean published) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String API = "dev.larder.cache";
    private static final String GENERATED = "..internal.jooq..";

    private static final List<Part> PARTS = List.of(
            new Part("cache-api", List.of(API), List.of(), true),
            new Part(
                    "cache-tck",
                    List.of("dev.larder.cache.tck.."),
                    List.of(API, "org.junit.jupiter..", "org.assertj..", "org.opentest4j.."),
                    true),
            new Part(
                    "cache-memory",
                    List.of("dev.larder.cache.memory.."),
                    List.of(API, "com.github.benmanes.caffeine.."),
                    true),
            new Part(
                    "cache-memory, tiered",
                    List.of("dev.larder.cache.tiered.."),
                    List.of(API, "com.github.benmanes.caffeine.."),
                    true),
            new Part(
                    "cache-sqlite",
                    List.of("dev.larder.cache.sqlite.."),
                    List.of(API, "org.jooq..", "org.flywaydb..", "org.sqlite..", "com.github.luben.zstd.."),
                    true),
            new Part("transport", List.of("dev.larder.transport.."), List.of(API), true),
            new Part(
                    "perf-tests",
                    List.of("dev.larder.perf.."),
                    List.of(
                            API,
                            "dev.larder.transport..",
                            "com.sun.management..",
                            "javax.management..",
                            "org.sqlite..",
                            "org.HdrHistogram..",
                            "picocli..",
                            "me.tongfei..",
                            "com.google.gson..",
                            "com.github.benmanes.caffeine..",
                            "com.github.mizosoft.methanol..",
                            "okhttp3..",
                            "org.apache.commons.statistics..",
                            "org.apache.hc..",
                            "org.ehcache..",
                            "org.h2.mvstore..",
                            "org.rocksdb..",
                            "org.mapdb..",
                            "org.openjdk.jmh..",
                            "jdk.jfr.."),
                    false));

    private static JavaClasses main;

    @BeforeAll
    static void importMainClasses() {
        main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                // JMH writes these, and they use what JMH likes.
                .withImportOption(location -> !location.contains("/jmh_generated/"))
                .importPackages("dev.larder");
    }

    static Stream<Part> parts() {
        return PARTS.stream();
    }

    static Stream<Part> publishedParts() {
        return PARTS.stream().filter(Part::published);
    }

    @Test
    void everyClassBelongsToAPart() {
        String[] known =
                PARTS.stream().flatMap(part -> part.packages().stream()).toArray(String[]::new);

        classes().should().resideInAnyPackage(known).check(main);
        assertThat(PARTS).allSatisfy(part -> assertThat(main.that(isIn(part))).isNotEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void partDependsOnlyOnWhatItMay(Part part) {
        String[] allowed = Stream.of(
                        part.packages(),
                        part.mayUse(),
                        List.of("java..", "javax.net.ssl..", "javax.sql..", "org.jspecify.."))
                .flatMap(List::stream)
                .toArray(String[]::new);

        classes()
                .that(isIn(part))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(isArrayOfPrimitives()))
                .check(main);
    }

    @Test
    void packagesHaveNoCycles() {
        // Generated classes refer to each other as their generator likes.
        slices().matching("dev.larder.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAPackage(GENERATED), resideInAPackage(GENERATED))
                .check(main);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("publishedParts")
    void signaturesNameNoThirdParty(Part part) {
        // The kit is made of JUnit tests, and authors of stores see that.
        String[] allowed = part.name().equals("cache-tck")
                ? new String[] {"java..", "dev.larder..", "org.junit.jupiter..", "org.assertj.."}
                : new String[] {"java..", "javax.net.ssl..", "dev.larder.."};

        classes()
                .that(isIn(part))
                .and(arePublicToTheOutside())
                .should(nameOnlyTypesIn(resideInAnyPackage(allowed).or(isArrayOfPrimitives())))
                .allowEmptyShould(true)
                .check(main);
    }

    @Test
    void clocksAreInjected() {
        noClasses()
                .should()
                .callMethodWhere(calls(Instant.class, "now").and(takesNothing()))
                .orShould()
                .callMethodWhere(calls(System.class, "currentTimeMillis"))
                .orShould()
                .callMethodWhere(calls(Clock.class, "systemUTC", "systemDefaultZone", "system"))
                .orShould()
                .callConstructor(Date.class)
                .check(main);
        noClasses()
                .that(not(chooseTheDefaultClock()))
                .should()
                .callMethodWhere(calls(InstantSource.class, "system"))
                .check(main);
    }

    @Test
    void storesOfOthersAreKnownToTheirAdaptersAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.larder.perf.peers")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.ehcache..", "org.h2..", "org.rocksdb..", "org.mapdb..")
                .check(main);
    }

    @Test
    void librariesLogInsteadOfPrinting() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.larder.perf..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(main);
    }

    private static DescribedPredicate<JavaClass> isIn(Part part) {
        return resideInAnyPackage(part.packages().toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> isArrayOfPrimitives() {
        return DescribedPredicate.describe(
                "are primitive", type -> type.getBaseComponentType().isPrimitive());
    }

    private static DescribedPredicate<JavaClass> arePublicToTheOutside() {
        return DescribedPredicate.describe("are public, and not internal", ArchitectureTest::isPublicToTheOutside);
    }

    private static boolean isPublicToTheOutside(JavaClass type) {
        return isVisible(type.getModifiers())
                && !type.getPackageName().contains(".internal")
                && type.getEnclosingClass()
                        .map(ArchitectureTest::isPublicToTheOutside)
                        .orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static DescribedPredicate<JavaClass> chooseTheDefaultClock() {
        Set<String> names = Set.of("CacheStores", "StoreChoices", "Builder", "TierOptions");
        return DescribedPredicate.describe(
                "choose the clock that there is unless another is given",
                type -> names.contains(type.getSimpleName())
                        || type.getSimpleName().endsWith("Builder"));
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String... names) {
        return DescribedPredicate.describe(
                "target is " + owner.getSimpleName() + "." + String.join(", ", names),
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && Arrays.asList(names).contains(call.getTarget().getName()));
    }

    private static DescribedPredicate<JavaCall<?>> takesNothing() {
        return DescribedPredicate.describe(
                "without a clock",
                call -> call.getTarget().getRawParameterTypes().isEmpty());
    }

    /** Supertypes, and the types of visible members, those in angle brackets and after throws included. */
    private static ArchCondition<JavaClass> nameOnlyTypesIn(DescribedPredicate<JavaClass> allowed) {
        return new ArchCondition<>("name only types that belong to the JDK or to larder") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                        .forEach(parent -> judge(type.getName() + " extends", parent, events));
                for (JavaMember member : type.getMembers()) {
                    if (isVisible(member.getModifiers())
                            && !member.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                        member.getAllInvolvedRawTypes()
                                .forEach(named -> judge(member.getFullName() + " names", named, events));
                    }
                }
                type.getCodeUnits().stream()
                        .filter(unit -> isVisible(unit.getModifiers()))
                        .flatMap(unit ->
                                unit.getThrowsClause().getTypes().stream().filter(thrown -> !allowed.test(thrown)))
                        .forEach(thrown -> judge(type.getName() + " throws", thrown, events));
            }

            private void judge(String what, JavaClass named, ConditionEvents events) {
                if (!allowed.test(named)) {
                    events.add(SimpleConditionEvent.violated(named, what + " " + named.getName()));
                }
            }
        };
    }
}
