package dev.larder.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §5.6.7 with RFC 9111 §4.2: three forms, and nothing else. */
final class HttpDateTest {
    private static final long NOW = Instant.parse("2026-11-21T12:00:00Z").getEpochSecond();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994 | 1994-11-06T08:49:37Z",
                "Sun Nov 06 08:49:37 1994 | 1994-11-06T08:49:37Z",
                "Wed Nov 16 08:49:37 1994 | 1994-11-16T08:49:37Z",
                "Thu, 01 Jan 1970 00:00:00 GMT | 1970-01-01T00:00:00Z",
                "Tue, 29 Feb 2000 23:59:59 GMT | 2000-02-29T23:59:59Z",
                "Sat, 01 Jan 0000 00:00:00 GMT | 0000-01-01T00:00:00Z",
                "Fri, 31 Dec 9999 23:59:59 GMT | 9999-12-31T23:59:59Z",
                "Tue, 19 Jan 2038 14:14:08 GMT | 2038-01-19T14:14:08Z",
                // RFC 9111 §4.2: any case
                "THU, 18 Aug 2050 02:01:18 GMT | 2050-08-18T02:01:18Z",
                "Thu, 18 AUG 2050 02:01:18 GMT | 2050-08-18T02:01:18Z",
                "thu, 18 aug 2050 02:01:18 gMT | 2050-08-18T02:01:18Z",
                "THURSDAY, 18-aug-50 02:01:18 gmt | 2050-08-18T02:01:18Z",
                "thu aug 18 02:01:18 2050 | 2050-08-18T02:01:18Z",
                // any day's name
                "Mon, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
                "Thu Aug  8 02:01:18 2050 | 2050-08-08T02:01:18Z",
                // a leap second, rounded down
                "Sat, 31 Dec 2016 23:59:60 GMT | 2016-12-31T23:59:59Z",
                // two digits: 50 years ahead at most
                "Saturday, 21-Nov-26 12:00:00 GMT | 2026-11-21T12:00:00Z",
                "Friday, 20-Nov-76 11:59:59 GMT | 2076-11-20T11:59:59Z",
                "Monday, 23-Nov-76 12:00:00 GMT | 1976-11-23T12:00:00Z",
                "Saturday, 01-Jan-99 00:00:00 GMT | 1999-01-01T00:00:00Z",
                "Saturday, 01-Jan-00 00:00:00 GMT | 2000-01-01T00:00:00Z",
            })
    void dates(String text, Instant date) {
        assertThat(HttpDate.parse(text, NOW)).isEqualTo(date.getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "foo",
                ",",
                "Sun, ",
                "1234567890",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 AEST",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 06 Nov 1994 08:49:37 GMT+1",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun 06 Nov 1994 08:49:37 GMT",
                "Sun, 06  Nov  1994 08:49:37 GMT",
                "Sun, 06-Nov-1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08.49.37 GMT",
                "Sun, 06 Nov 1994 8:49:37 GMT",
                "Sun, 06 Nov 1994 08:49 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 29 Feb 1900 08:49:37 GMT",
                "Sun, 29 Feb 2026 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:00 GMT",
                "Sun, 06 Nov 1994 08:00:61 GMT",
                "Sun, 06 Nov 1994 08:49:60 GMT",
                "Sun, 06 Non 1994 08:49:37 GMT",
                "Son, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 19a4 08:49:37 GMT",
                "Sun, 06 Nov -194 08:49:37 GMT",
                "Sunday, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Someday, 06-Nov-94 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 UTC",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sunday,  6-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994 GMT",
                "Sun Nov 6 08:49:37 1994",
                "Sun Nov  x 08:49:37 1994",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                "1994-11-06T08:49:37Z",
            })
    void whatIsNoDate(String text) {
        assertThat(HttpDate.parse(text, NOW)).isEqualTo(HttpDate.INVALID);
    }

    @Test
    void spaceAroundADateIsNoPartOfIt() {
        assertThat(HttpDate.parse("\t Thu, 01 Jan 1970 00:00:07 GMT ", NOW)).isEqualTo(7);
    }

    @Test
    void datesAreWrittenAsTheyAreRead() {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                .withZone(ZoneOffset.UTC);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long second = random.nextLong(-62_135_596_800L, 253_402_300_800L);
            String text = HttpDate.format(second);
            assertThat(text).isEqualTo(formatter.format(Instant.ofEpochSecond(second)));
            assertThat(HttpDate.parse(text, NOW)).isEqualTo(second);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-9223372036854775808 | Sat, 01 Jan 0000 00:00:00 GMT",
                "9223372036854775807 | Fri, 31 Dec 9999 23:59:59 GMT",
                "0 | Thu, 01 Jan 1970 00:00:00 GMT",
                "784111777 | Sun, 06 Nov 1994 08:49:37 GMT",
            })
    void yearsHaveFourDigits(long second, String text) {
        assertThat(HttpDate.format(second)).isEqualTo(text);
    }
}
