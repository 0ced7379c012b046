package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §8.8.3: entity tags, comparing them, and lists of them. */
final class EntityTagTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "\"xyzzy\" | xyzzy | false",
                "W/\"xyzzy\" | xyzzy | true",
                "\"\" | `` | false",
                "W/\"\" | `` | true",
                "` \"a\" ` | a | false",
                "\"a,b\" | a,b | false",
                "\"a\\\" | a\\ | false",
                "\"W/\" | W/ | false",
                "\"\u00fc!#~\" | \u00fc!#~ | false",
            })
    void tags(String text, String opaque, boolean weak) {
        EntityTag tag = EntityTag.parse(text);
        assertThat(tag).isEqualTo(new EntityTag(opaque, weak));
        assertThat(tag).hasToString(text.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "abc",
                "\"",
                "W/",
                "W/\"",
                "\"abc",
                "abc\"",
                "w/\"abc\"",
                "W\\\"abc\"",
                "W\"abc\"",
                "W/ \"abc\"",
                "\"a\"b\"",
                "\"a b\"",
                "\"a\" \"b\"",
                "\"a\", \"b\"",
                "\"a\"x",
                "'abc'",
                "\"a\u007f\"",
                "\"a\tb\"",
            })
    void whatIsNoTag(String text) {
        assertThat(EntityTag.parse(text)).isNull();
    }

    @Test
    void aFieldHasOneTag() {
        assertThat(EntityTag.of(List.of())).isNull();
        assertThat(EntityTag.of(List.of("\"a\"", "\"a\""))).isNull();
        assertThat(EntityTag.of(List.of("\"a\""))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "W/\"1\",W/\"1\",false,true",
        "W/\"1\",W/\"2\",false,false",
        "W/\"1\",\"1\",false,true",
        "\"1\",\"1\",true,true"
    })
    void theTableOfTheSpecification(String one, String other, boolean strong, boolean weak) {
        EntityTag first = EntityTag.parse(one);
        EntityTag second = EntityTag.parse(other);
        assertThat(first.matchesStrongly(second)).isEqualTo(strong);
        assertThat(second.matchesStrongly(first)).isEqualTo(strong);
        assertThat(first.matchesWeakly(second)).isEqualTo(weak);
        assertThat(second.matchesWeakly(first)).isEqualTo(weak);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a,b\" | true",
                "W/\"a,b\" | true",
                "\"x\", \"a,b\", \"y\" | true",
                "\"x\",\"y\",\"a,b\" | true",
                "` , ,\"a,b\"\t,` | true",
                "\"x\" ++ \"a,b\" | true",
                "broken, \"a,b\" | true",
                "\"x\\\", \"a,b\" | true",
                "\"x\"y, \"a,b\" | true",
                "\"x | false",
                "a,b | false",
                "\"a\", \"b\" | false",
                "\"a,bc\" | false",
                "\"za,b\" | false",
                "\"a,b\"c | false",
                "\"a,b\" \"c\" | false",
                "w/\"a,b\" | false",
                "'\"a,b\"' | false",
                "* | false",
                "`` | false",
            })
    void listed(String lines, boolean listed) {
        assertThat(new EntityTag("a,b", false).isListed(Arrays.asList(lines.split(" \\+\\+ "))))
                .isEqualTo(listed);
    }

    @Test
    void oneAsteriskIsAnything() {
        assertThat(EntityTag.isAny(List.of("*"))).isTrue();
        assertThat(EntityTag.isAny(List.of(" *\t"))).isTrue();
        assertThat(EntityTag.isAny(List.of("\"*\""))).isFalse();
        assertThat(EntityTag.isAny(List.of("*, \"a\""))).isFalse();
        assertThat(EntityTag.isAny(List.of("*", "*"))).isFalse();
        assertThat(EntityTag.isAny(List.of())).isFalse();
    }
}
