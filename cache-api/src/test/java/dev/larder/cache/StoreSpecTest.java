package dev.larder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSpecTest {
    private static StoreSpec parse(String text) {
        return StoreSpec.parse(text, InstantSource.system());
    }

    private static StoreSpec option(String value) {
        return parse("s:?x=" + value);
    }

    @ParameterizedTest
    @CsvSource({
        "memory,memory,''",
        "memory:,memory,''",
        "memory:?a=1,memory,''",
        "sqlite:/var/lib/a.db,sqlite,/var/lib/a.db",
        "sqlite:/var/lib/a.db?a=1,sqlite,/var/lib/a.db",
        "redis+tls:host:6379/0,redis+tls,host:6379/0",
        "sqlite:a+b c.db,sqlite,a+b c.db",
        "sqlite:%2Ca%3Fb%26c%25d,sqlite,',a?b&c%d'",
        "sqlite:gr%C3%B6%c3%9fe,sqlite,größe",
        "sqlite:größe%20,sqlite,'größe '"
    })
    void schemeAndLocationAreRead(String text, String scheme, String location) {
        StoreSpec spec = parse(text);
        assertThat(spec.scheme()).isEqualTo(scheme);
        assertThat(spec.location()).isEqualTo(location);
        assertThat(spec.tiers()).isEmpty();
        assertThat(spec).hasToString(scheme + ":" + location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "Memory:", "1memory:", "/var/a.db", "mem ory:", "=", "?a=1"})
    void whatIsNoSpecIsShownWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("memory:?maxBytes=64MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s:?", "s:?a", "s:?=1", "s:?a=1&", "s:?a=1&&b=2"})
    void whatIsNoOptionIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(text))
                .withMessageContaining("not an option")
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void anOptionGivenTwiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("s:?a=1&b=2&%61=3"))
                .withMessage("option 'a' is given twice in 's:?a=1&b=2&%61=3'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s:%", "s:%4", "s:%zz", "s:a%4gb", "s:%ff", "s:%C3", "s:%C3%28", "s:?a=%", "s:?%=1", "s:% 41"})
    void brokenPercentEncodingIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(text))
                .withMessageContaining("broken percent-encoding in '" + text + "'")
                .withMessageContaining("%25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b.db", "/a,b?c&d%e=f#g", "C:\\Users\\größe\\x y+z", "%2C", "🥫"})
    void whatIsEncodedIsReadAgain(String path) {
        assertThat(parse("s:" + StoreSpec.encode(path)).location()).isEqualTo(path);
        assertThat(StoreSpec.encode(path)).doesNotContain(",");
        assertThat(option(StoreSpec.encode(path)).text("x")).contains(path);
    }

    @Test
    void textIsReadAsItIs() {
        assertThat(parse("s:?a=x=y+z&b=").text("a")).contains("x=y+z");
        assertThat(parse("s:?a=x=y&b=").text("b")).contains("");
        assertThat(parse("s:").text("a")).isEmpty();
    }

    @Test
    void whatIsNotGivenIsEmpty() {
        StoreSpec spec = parse("s:");
        assertThat(spec.number("x")).isEmpty();
        assertThat(spec.bytes("x")).isEmpty();
        assertThat(spec.duration("x")).isEmpty();
        assertThat(spec.choice("x", TimeUnit.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "10000,10000", "007,7", "9223372036854775807,9223372036854775807"})
    void numbersAreRead(String text, long number) {
        assertThat(option(text).number("x")).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.5", "1k", "0x10", " 1", "9223372036854775808", "\u0661"})
    void whatIsNoNumberIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> option(text).number("x"))
                .withMessageStartingWith("bad value '" + text + "' for x of s: ");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "500000,500000",
        "7B,7",
        "64MiB,67108864",
        "64 MiB,67108864",
        "1KiB,1024",
        "1GiB,1073741824",
        "1TiB,1099511627776",
        "1KB,1000",
        "2MB,2000000",
        "3GB,3000000000",
        "4TB,4000000000000",
        "8388607TiB,9223370937343148032",
        "9223372036854775807,9223372036854775807"
    })
    void sizesAreRead(String text, long bytes) {
        assertThat(option(text).bytes("x")).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "-1MiB",
                "+1",
                "1.5GiB",
                "64mib",
                "64M",
                "MiB",
                "BiB",
                "1BiB",
                "64MiBs",
                "9223372036854775808",
                "8388608TiB",
                "99999999999999999999999TiB",
                "-8388608TiB",
                "-99999999999999999999999TiB"
            })
    void whatIsNoSizeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> option(text).bytes("x"))
                .withMessageStartingWith("bad value '" + text + "' for x of s: ");
    }

    @ParameterizedTest
    @CsvSource({
        "0s,PT0S",
        "5ns,PT0.000000005S",
        "5us,PT0.000005S",
        "1500000us,PT1.5S",
        "250ms,PT0.25S",
        "30s,PT30S",
        "5m,PT5M",
        "5 m,PT5M",
        "2h,PT2H",
        "30d,PT720H",
        "PT5M,PT5M",
        "P2DT3H,PT51H",
        "PT0.5S,PT0.5S",
        "9223372036854775807us,PT9223372036854.775807S",
        "9223372036854775807s,PT2562047788015215H30M7S"
    })
    void lengthsOfTimeAreRead(String text, Duration duration) {
        assertThat(option(text).duration("x")).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "m",
                "-5m",
                "PT-5M",
                "-PT5M",
                "-1us",
                "1.5h",
                "5min",
                "P1M",
                "PT",
                "9223372036854775808s",
                "9223372036854775807d",
                "PT9223372036854775808S"
            })
    void whatIsNoLengthOfTimeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> option(text).duration("x"))
                .withMessageStartingWith("bad value '" + text + "' for x of s: ");
    }

    private enum Durability {
        COMMITTED,
        WRITE_BEHIND
    }

    @Test
    void choicesAreReadByTheirNames() {
        assertThat(option("committed").choice("x", Durability.class)).contains(Durability.COMMITTED);
        assertThat(option("write-behind").choice("x", Durability.class)).contains(Durability.WRITE_BEHIND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "COMMITTED", "write_behind", "never"})
    void whatIsNoChoiceIsRefusedWithTheListOfThose(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> option(text).choice("x", Durability.class))
                .withMessage("bad value '" + text + "' for x of s: choose one of committed, write-behind");
    }

    @Test
    void anOptionNobodyReadIsRefusedWithTheListOfThose() {
        StoreSpec spec = parse("s:?maxBytes=1&maxByte=2");
        spec.bytes("maxBytes");
        spec.number("maxEntries");
        assertThatIllegalArgumentException()
                .isThrownBy(spec::rejectUnknownOptions)
                .withMessage("unknown option 'maxByte' of s: choose from maxBytes, maxEntries");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("s:?a=1").rejectUnknownOptions())
                .withMessage("unknown option 'a' of s: it has none");
        spec.text("maxByte");
        spec.rejectUnknownOptions();
    }

    @Test
    void aLocationIsRefusedWhereNoneBelongs() {
        parse("memory:?a=1").rejectLocation();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("memory:/x").rejectLocation())
                .withMessage("memory takes no location, but got '/x': write memory:?option=value");
    }
}
