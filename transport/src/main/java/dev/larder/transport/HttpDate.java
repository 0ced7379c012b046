package dev.larder.transport;

import java.nio.charset.StandardCharsets;

/**
 * Dates as HTTP writes them (RFC 9110 §5.6.7), as seconds since 1970 in a {@code long}.
 *
 * <p>Read are the three forms and nothing else, with the leave that RFC 9111 §4.2 gives to caches: letters may be of
 * either case. The name of the day has to be one but need not be that of the date: nothing depends on it, and wrong
 * ones are sent. A leap second counts as the second before it, since caches have to round down.
 */
final class HttpDate {
    /** What a text that is no date parses to. */
    static final long INVALID = Long.MIN_VALUE;

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] LONG_DAYS = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
    };
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int[] MONTH_LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final long DAY = 86_400;
    private static final long FIFTY_YEARS = 50 * 31_556_952L;
    // 0000-01-01 and 9999-12-31T23:59:59, between which a year has four digits
    private static final long FIRST = -62_167_219_200L;
    private static final long LAST = 253_402_300_799L;

    private HttpDate() {}

    /**
     * Returns the second that {@code text} names, or {@link #INVALID}.
     *
     * @param now the second it is now, by which a year of two digits gets its century
     */
    static long parse(String text, long now) {
        int from = FieldList.skipSpace(text, 0, text.length());
        int to = FieldList.trimEnd(text, from, text.length());
        int comma = text.indexOf(',', from);
        if (comma - from == 3) {
            return to - from == 29 ? fixdate(text, from) : INVALID;
        }
        if (comma > from) {
            return comma < to && to - comma == 24 ? rfc850(text, from, comma, now) : INVALID;
        }
        return to - from == 24 ? asctime(text, from) : INVALID;
    }

    /** Returns the IMF-fixdate of a second, of the first or last one that has one if it lies beyond. */
    static String format(long second) {
        long at = Math.max(FIRST, Math.min(LAST, second));
        long day = Math.floorDiv(at, DAY);
        int time = (int) Math.floorMod(at, DAY);
        byte[] text = "www, dd mmm yyyy hh:mm:ss GMT".getBytes(StandardCharsets.ISO_8859_1);
        letters(text, 0, DAYS[(int) Math.floorMod(day + 3, 7L)]);
        // The inverse of dayOf: years begin in March, and are counted in eras of 400.
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 2 : marchMonth - 10;
        int year = (int) (era * 400) + yearOfEra + (month < 2 ? 1 : 0);
        twoDigits(text, 5, dayOfYear - (153 * marchMonth + 2) / 5 + 1);
        letters(text, 8, MONTHS[month]);
        twoDigits(text, 12, year / 100);
        twoDigits(text, 14, year % 100);
        twoDigits(text, 17, time / 3_600);
        twoDigits(text, 20, time / 60 % 60);
        twoDigits(text, 23, time % 60);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT} */
    private static long fixdate(String s, int at) {
        if (nameAt(s, at, DAYS) < 0
                || s.charAt(at + 4) != ' '
                || s.charAt(at + 7) != ' '
                || s.charAt(at + 11) != ' '
                || s.charAt(at + 16) != ' '
                || !s.regionMatches(true, at + 25, " GMT", 0, 4)) {
            return INVALID;
        }
        int century = number(s, at + 12);
        int year = number(s, at + 14);
        return second(
                century < 0 || year < 0 ? -1 : century * 100 + year,
                nameAt(s, at + 8, MONTHS),
                number(s, at + 5),
                timeOfDay(s, at + 17));
    }

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT} */
    private static long rfc850(String s, int from, int comma, long now) {
        int at = comma + 2;
        boolean day = false;
        for (String name : LONG_DAYS) {
            day |= name.length() == comma - from && s.regionMatches(true, from, name, 0, name.length());
        }
        if (!day
                || s.charAt(comma + 1) != ' '
                || s.charAt(at + 2) != '-'
                || s.charAt(at + 6) != '-'
                || s.charAt(at + 9) != ' '
                || !s.regionMatches(true, at + 18, " GMT", 0, 4)) {
            return INVALID;
        }
        int twoDigits = number(s, at + 7);
        if (twoDigits < 0) {
            return INVALID;
        }
        int month = nameAt(s, at + 3, MONTHS);
        int dayOfMonth = number(s, at);
        int time = timeOfDay(s, at + 10);
        int year = yearOf(now) / 100 * 100 + twoDigits;
        long second = second(year, month, dayOfMonth, time);
        // What seems to lie more than 50 years ahead is of the century before.
        return second != INVALID && second - FIFTY_YEARS > now ? second(year - 100, month, dayOfMonth, time) : second;
    }

    /** {@code Sun Nov  6 08:49:37 1994} */
    private static long asctime(String s, int at) {
        if (nameAt(s, at, DAYS) < 0
                || s.charAt(at + 3) != ' '
                || s.charAt(at + 7) != ' '
                || s.charAt(at + 10) != ' '
                || s.charAt(at + 19) != ' ') {
            return INVALID;
        }
        char ones = s.charAt(at + 9);
        int day = s.charAt(at + 8) == ' ' ? (FieldList.isDigit(ones) ? ones - '0' : -1) : number(s, at + 8);
        int century = number(s, at + 20);
        int year = number(s, at + 22);
        return second(
                century < 0 || year < 0 ? -1 : century * 100 + year,
                nameAt(s, at + 4, MONTHS),
                day,
                timeOfDay(s, at + 11));
    }

    private static long second(int year, int month, int day, int time) {
        if (year < 0 || month < 0 || day < 1 || day > MONTH_LENGTHS[month] || time < 0) {
            return INVALID;
        }
        if (month == 1 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0))) {
            return INVALID;
        }
        return dayOf(year, month, day) * DAY + time;
    }

    /** Returns the day since 1970 of a date of the Gregorian calendar; {@code month} counts from 0. */
    private static long dayOf(int year, int month, int day) {
        int shifted = month < 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int marchMonth = month < 2 ? month + 10 : month - 2;
        int dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
        return era * 146_097L + yearOfEra * 365L + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static int yearOf(long second) {
        long at = Math.max(FIRST, Math.min(LAST, second));
        // Right but for some hours around New Year, and only centuries are asked of it.
        return (int) (1970 + Math.floorDiv(at, 31_556_952L));
    }

    /** Returns the second of the day in {@code hh:mm:ss}, or -1. */
    private static int timeOfDay(String s, int at) {
        int hour = number(s, at);
        int minute = number(s, at + 3);
        int second = number(s, at + 6);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || s.charAt(at + 2) != ':') {
            return -1;
        }
        if (s.charAt(at + 5) != ':' || second > 60 || (second == 60 && (hour != 23 || minute != 59))) {
            return -1;
        }
        return hour * 3_600 + minute * 60 + Math.min(second, 59);
    }

    private static int number(String s, int at) {
        char tens = s.charAt(at);
        char ones = s.charAt(at + 1);
        return FieldList.isDigit(tens) && FieldList.isDigit(ones) ? (tens - '0') * 10 + (ones - '0') : -1;
    }

    private static int nameAt(String s, int at, String[] names) {
        for (int i = 0; i < names.length; i++) {
            if (s.regionMatches(true, at, names[i], 0, 3)) {
                return i;
            }
        }
        return -1;
    }

    private static void letters(byte[] text, int at, String letters) {
        for (int i = 0; i < letters.length(); i++) {
            text[at + i] = (byte) letters.charAt(i);
        }
    }

    private static void twoDigits(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }
}
