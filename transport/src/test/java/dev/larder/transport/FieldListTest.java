package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §5.6.1: lists, empty members and quoted-strings. */
final class FieldListTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "`` | ``",
                "`,` | ``",
                "`,   ,` | ``",
                "foo,bar | foo/bar",
                "`foo ,bar,` | foo/bar",
                "`foo , ,bar,charlie` | foo/bar/charlie",
                "`\tfoo\t,\tbar ` | foo/bar",
                "a b, c | a b/c",
                "a=\"b, c\", d | a=\"b, c\"/d",
                "a=\"b\\\", c\", d | a=\"b\\\", c\"/d",
                "a=\"b\\\\\", c | a=\"b\\\\\"/c",
                "a=\"b, c | a=\"b/c",
                "a=\"b\\\", c | a=\"b\\\"/c",
                "a\", \"b | a\", \"b",
            })
    void membersAreWhatStandsBetweenCommas(String line, String members) {
        assertThat(String.join("/", FieldList.members(List.of(line)))).isEqualTo(members);
    }

    @Test
    void linesAddUp() {
        assertThat(FieldList.members(List.of())).isEmpty();
        assertThat(FieldList.members(List.of("a, B", "", "c"))).containsExactly("a", "B", "c");
        assertThat(FieldList.lowerCaseMembers(List.of("A, b", "\u00c4C"))).containsExactly("a", "b", "\u00c4c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no-cache | true",
                "No-Cache | true",
                "`x, no-cache ` | true",
                "no-cache=\"a\" | false",
                "no-caches | false",
                "\"no-cache\" | false",
                "x=\"a, no-cache, b\" | false",
                "x=\"a, no-cache | true",
                "`` | false",
            })
    void aMemberIsFoundWhole(String line, boolean found) {
        assertThat(FieldList.contains(List.of("other", line), "no-cache")).isEqualTo(found);
    }

    @Test
    void anEndlessRowOfQuotesIsReadInOneGo() {
        String line = "\"" + "\\\",".repeat(50_000);
        assertThat(FieldList.members(List.of(line)).size()).isEqualTo(50_000);
    }

    @ParameterizedTest
    @CsvSource({"a,true", "!#$%&'*+-.^_`|~09azAZ,true", "a b,false", "a:,false", "'',false", "\u00e4,false"})
    void tokensHaveNoDelimiters(String text, boolean token) {
        assertThat(FieldList.isToken(text)).isEqualTo(token);
    }
}
