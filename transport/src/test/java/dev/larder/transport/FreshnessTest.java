package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §4.2 and §5.1: lifetimes and ages. */
final class FreshnessTest {
    // 2026-11-21T12:00:00.500Z
    private static final long RECEIVED_AT =
            Instant.parse("2026-11-21T12:00:00.500Z").toEpochMilli();

    /** Dates are given as seconds from the second of receipt; several lines of a field are separated by {@code ;}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                // Cache-Control      | Expires    | Date | shared | seconds of life
                "max-age=60            | -          | 0    | false | 60",
                "max-age=60            | -          | -    | false | 60",
                "max-age=60            | -7200      | 0    | false | 60",
                "max-age=60            | 0          | 0    | false | 60",
                "max-age=0             | 3600       | 0    | false | 0",
                "max-age=x             | 3600       | 0    | false | 0",
                "max-age=1, s-maxage=9 | -          | 0    | false | 1",
                "max-age=1, s-maxage=9 | -          | 0    | true  | 9",
                "max-age=9, s-maxage=1 | -          | 0    | true  | 1",
                "max-age=9, s-maxage=x | 99         | 0    | true  | 0",
                "s-maxage=9            | 99         | 0    | false | 99",
                "s-maxage=9            | -          | 0    | false | 0",
                "max-age=99999999999   | -          | 0    | false | 2147483648",
                "-                     | 3600       | 0    | false | 3600",
                "-                     | 3600       | -60  | false | 3660",
                "-                     | 3600       | 60   | false | 3540",
                "-                     | 3600       | -    | false | 3600",
                "-                     | 3600       | foo  | false | 3600",
                "-                     | 300        | 400  | false | 0",
                "-                     | 0          | 0    | false | 0",
                "-                     | -30        | 0    | false | 0",
                "-                     | foo        | 0    | false | 0",
                "-                     | ``         | 0    | false | 0",
                "-                     | 60;3600    | 0    | false | 60",
                "-                     | foo;3600   | 0    | false | 0",
                "no-transform          | 60         | 0    | true  | 60",
            })
    void explicitLifetimes(String cacheControl, String expires, String date, boolean shared, long seconds) {
        HttpHeaders headers = headers("Cache-Control", cacheControl, "Expires", dates(expires), "Date", dates(date));
        CacheControl directives = CacheControl.ofResponse(headers);
        Freshness freshness = Freshness.of(200, headers, directives, shared, RECEIVED_AT, RECEIVED_AT);
        assertThat(freshness.lifetimeMillis()).isEqualTo(seconds * 1000);
        boolean explicit = cacheControl == null || !cacheControl.startsWith("s-maxage") || expires != null || shared;
        assertThat(freshness.heuristic()).isEqualTo(!explicit);
        assertThat(Freshness.isExplicit(headers, directives, shared)).isEqualTo(explicit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // status, Cache-Control, Last-Modified, Date, shared, seconds of life
                "200 | - | -100 | 0 | true | 10",
                "200 | - | -100 | -  | true | 10",
                "200 | - | -100 | 20 | true | 12",
                "200 | - | 0 | 0 | true | 0",
                "200 | - | 100 | 0 | true | 0",
                "200 | - | foo | 0 | true | 0",
                "200 | - | - | 0 | true | 0",
                "200 | - | -86400 | 0 | true | 8640",
                "200 | - | -864000 | 0 | true | 86400",
                "200 | - | -864001 | 0 | true | 86400",
                "200 | - | -864000000 | 0 | true | 86400",
                "200 | no-transform | -100 | 0 | true | 10",
                "599 | - | -100 | 0 | true | 0",
                "599 | public | -100 | 0 | true | 10",
                "599 | private | -100 | 0 | true | 0",
                "599 | private | -100 | 0 | false | 10",
                "302 | - | -100 | 0 | true | 0",
            })
    void guessedLifetimes(int status, String cacheControl, String modified, String date, boolean shared, long seconds) {
        HttpHeaders headers =
                headers("Cache-Control", cacheControl, "Last-Modified", dates(modified), "Date", dates(date));
        Freshness freshness =
                Freshness.of(status, headers, CacheControl.ofResponse(headers), shared, RECEIVED_AT, RECEIVED_AT);
        assertThat(freshness.lifetimeMillis()).isEqualTo(seconds * 1000);
        assertThat(freshness.heuristic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501})
    void statusesWhoseTimeMayBeGuessed(int status) {
        assertThat(Freshness.isHeuristicallyCacheable(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 201, 202, 205, 302, 303, 304, 307, 400, 401, 403, 409, 421, 500, 502, 503, 504, 599})
    void statusesWhoseTimeMayNot(int status) {
        assertThat(Freshness.isHeuristicallyCacheable(status)).isFalse();
    }

    @Test
    void targetedFieldsLeaveExpiresNoSay() {
        HttpHeaders headers =
                headers("CDN-Cache-Control", "must-revalidate", "Expires", dates("60"), "Date", dates("0"));
        CacheControl directives = TargetedCacheControl.of(headers, List.of("CDN-Cache-Control"));
        assertThat(Freshness.isExplicit(headers, directives, true)).isFalse();
        assertThat(Freshness.of(200, headers, directives, true, RECEIVED_AT, RECEIVED_AT)
                        .lifetimeMillis())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "- | 0",
                "0 | 0",
                "7200 | 7200",
                "007 | 7",
                "abc | 0",
                "-7200 | 0",
                "+7200 | 0",
                "7200.0 | 0",
                "7200;foo=bar | 0",
                "7200;foo=111 | 0",
                "\"7200\" | 0",
                "7 200 | 0",
                "2147483647 | 2147483647",
                "2147483648 | 2147483648",
                "2147483649 | 2147483648",
                "99999999999999999999 | 2147483648",
                "`7200, 0` | 7200",
                "`0, 7200` | 0",
                "`abc, 7200` | 0",
                "`, 7200` | 7200",
                "7200/0 | 7200",
                "0/7200 | 0",
                "`` | 0",
            })
    void ageValues(String age, long seconds) {
        Map<String, List<String>> fields = age == null ? Map.of() : Map.of("age", List.of(age.split("/", -1)));
        assertThat(Freshness.ageSeconds(HttpHeaders.of(fields, (name, value) -> true)))
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Date, Age, milliseconds of the exchange, initial age in milliseconds
                "0 | - | 0 | 0",
                "- | - | 0 | 0",
                "foo | - | 0 | 0",
                "-60 | - | 0 | 60000",
                "60 | - | 0 | 0",
                "0 | 30 | 0 | 30000",
                "0 | 30 | 250 | 30250",
                "-60 | 30 | 250 | 60000",
                "-30 | 30 | 250 | 30250",
                "- | - | 250 | 250",
                "0 | -5 | 0 | 0",
                "0 | - | -9000 | 0",
            })
    void initialAges(String date, String age, long delayMillis, long ageMillis) {
        HttpHeaders headers = headers("Date", dates(date), "Age", age);
        Freshness freshness =
                Freshness.of(200, headers, CacheControl.NONE, false, RECEIVED_AT - delayMillis, RECEIVED_AT);
        assertThat(freshness.initialAgeMillis()).isEqualTo(ageMillis);
        assertThat(freshness.ageMillis(RECEIVED_AT)).isEqualTo(ageMillis);
        assertThat(freshness.ageMillis(RECEIVED_AT + 1)).isEqualTo(ageMillis + 1);
        assertThat(freshness.ageMillis(RECEIVED_AT - 1)).isEqualTo(ageMillis);
    }

    @Test
    void responsesAreFreshUntilTheirAgeReachesTheirLifetime() {
        Freshness freshness = new Freshness(1000, false, 400, RECEIVED_AT);
        assertThat(freshness.freshForMillis(RECEIVED_AT)).isEqualTo(600);
        assertThat(freshness.freshForMillis(RECEIVED_AT + 600)).isZero();
        assertThat(freshness.freshForMillis(RECEIVED_AT + 601)).isEqualTo(-1);
    }

    @Test
    void noClockMakesAnAgeNegative() {
        Freshness freshness = new Freshness(1000, false, 400, Long.MIN_VALUE);
        assertThat(freshness.ageMillis(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(freshness.freshForMillis(Long.MAX_VALUE)).isNegative();
        assertThat(new Freshness(Long.MAX_VALUE, false, 0, Long.MAX_VALUE).ageMillis(Long.MIN_VALUE))
                .isZero();
        HttpHeaders headers = headers("Date", dates("0"), "Expires", dates("60"), "Age", "5");
        assertThat(Freshness.of(200, headers, CacheControl.NONE, false, Long.MIN_VALUE, Long.MAX_VALUE)
                        .initialAgeMillis())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(Freshness.millis(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Freshness.millis(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Freshness.millis(Instant.ofEpochMilli(-1))).isEqualTo(-1);
    }

    /** Returns each number as the date that many seconds from receipt, and what is none as it is. */
    private static String dates(String texts) {
        if (texts == null) {
            return null;
        }
        List<String> dates = new ArrayList<>();
        for (String text : texts.split(";", -1)) {
            dates.add(
                    text.matches("-?\\d+")
                            ? HttpDate.format(Math.floorDiv(RECEIVED_AT, 1000L) + Long.parseLong(text))
                            : text);
        }
        return String.join(";", dates);
    }

    private static HttpHeaders headers(String... namesAndValues) {
        Map<String, List<String>> fields = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                fields.put(namesAndValues[i], List.of(namesAndValues[i + 1].split(";", -1)));
            }
        }
        return HttpHeaders.of(fields, (name, value) -> true);
    }
}
