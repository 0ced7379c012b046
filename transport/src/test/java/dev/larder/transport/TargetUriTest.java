package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986 §5 and §6: references and the one form of a URI. */
final class TargetUriTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                // The examples of RFC 3986 §5.4, without their fragments.
                "http:g,",
                "g:h,",
                "g,http://a/b/c/g",
                "./g,http://a/b/c/g",
                "g/,http://a/b/c/g/",
                "/g,http://a/g",
                "//g,http://g/",
                "?y,http://a/b/c/d;p?y",
                "g?y,http://a/b/c/g?y",
                "#s,http://a/b/c/d;p?q",
                "g#s,http://a/b/c/g",
                ";x,http://a/b/c/;x",
                "g;x,http://a/b/c/g;x",
                "``,http://a/b/c/d;p?q",
                ".,http://a/b/c/",
                "./,http://a/b/c/",
                "..,http://a/b/",
                "../,http://a/b/",
                "../g,http://a/b/g",
                "../..,http://a/",
                "../../g,http://a/g",
                "../../../g,http://a/g",
                "../../../../g,http://a/g",
                "/./g,http://a/g",
                "/../g,http://a/g",
                "g.,http://a/b/c/g.",
                ".g,http://a/b/c/.g",
                "g..,http://a/b/c/g..",
                "..g,http://a/b/c/..g",
                "./../g,http://a/b/g",
                "./g/.,http://a/b/c/g/",
                "g/./h,http://a/b/c/g/h",
                "g/../h,http://a/b/c/h",
                "g;x=1/./y,http://a/b/c/g;x=1/y",
                "g;x=1/../y,http://a/b/c/y",
                "g?y/./x,http://a/b/c/g?y/./x",
                // and what else may come
                "` g `,http://a/b/c/g",
                "a b,",
                "%zz,",
                "https://u:p@B:443?x,https://b/?x",
                "//B:80/,http://b/",
            })
    void references(String reference, URI resolved) {
        assertThat(TargetUri.resolve(URI.create("http://a/b/c/d;p?q"), reference))
                .isEqualTo(resolved);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a,http://a/",
        "http://a/,http://a/",
        "HTTP://EXAMPLE.com:80/A?B,http://example.com/A?B",
        "https://a:443/,https://a/",
        "https://a:80/,https://a:80/",
        "http://a:/x,http://a/x",
        "http://a:8080/x,http://a:8080/x",
        "http://a/%7euser/%2f%C3%a4?%41=%3D,http://a/~user/%2F%C3%A4?A=%3D",
        "http://a/b/%2E%2e/c/./d,http://a/c/d",
        "http://a/b/..,http://a/",
        "http://a//b,http://a//b",
        "http://a/b?,http://a/b?",
        "http://a/.well-known/x,http://a/.well-known/x",
        "http://[::1]:80/,http://[::1]/",
    })
    void oneFormOfEach(URI uri, URI normal) {
        assertThat(TargetUri.normalize(uri)).isEqualTo(normal);
        assertThat(TargetUri.normalize(normal)).isEqualTo(normal);
    }

    @Test
    void anEmptyPathOfTheTargetIsTheRoot() {
        assertThat(TargetUri.resolve(URI.create("http://a"), "g")).isEqualTo(URI.create("http://a/g"));
        assertThat(TargetUri.resolve(URI.create("http://a"), "")).isEqualTo(URI.create("http://a/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/", "mailto:a", "/x", "http:///x", "http://a_b:c/", "http://a:80:/"})
    void othersAreNone(URI uri) {
        assertThat(TargetUri.normalize(uri)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/x,http://a/y,true",
        "http://a/,http://b/,false",
        "http://a/,https://a/,false",
        "http://a:81/,http://a/,false",
    })
    void origins(URI one, URI other, boolean same) {
        assertThat(TargetUri.isSameOrigin(one, other)).isEqualTo(same);
    }
}
