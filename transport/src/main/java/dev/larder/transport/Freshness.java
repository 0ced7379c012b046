package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;

/**
 * How old a stored response is and how old it may become (RFC 9111 §4.2): what is known of both when it arrives, so
 * that a hit has to add and compare only.
 *
 * <p>In milliseconds, saturating: lifetimes go up to 68 years, clocks may say anything.
 *
 * @param lifetimeMillis freshness_lifetime, not negative
 * @param heuristic whether the lifetime is a guess, in want of an explicit one (§4.2.2)
 * @param initialAgeMillis corrected_initial_age, not negative
 * @param receivedAtMillis response_time
 */
record Freshness(long lifetimeMillis, boolean heuristic, long initialAgeMillis, long receivedAtMillis) {
    /** The longest guess: what changes seldom enough for more is worth one validation a day. */
    static final long LONGEST_GUESS_MILLIS = 24 * 60 * 60 * 1000L;

    // §4.2.2 calls it typical.
    private static final int GUESSED_FRACTION = 10;

    /**
     * Returns the freshness of a response, or of a stored one that a response has just updated.
     *
     * @param headers of the response as it is stored, the update included
     * @param directives of {@code headers}
     * @param requestedAtMillis when the request was sent that this answers
     */
    static Freshness of(
            int status,
            HttpHeaders headers,
            CacheControl directives,
            boolean shared,
            long requestedAtMillis,
            long receivedAtMillis) {
        long receivedAt = Math.floorDiv(receivedAtMillis, 1000L);
        long date = date(headers, "Date", receivedAt);
        // §4.2.1 and RFC 9110 §6.6.1: without a Date that can be read, the time of receipt stands in for it.
        long dateValue = date == HttpDate.INVALID ? receivedAt : date;
        long explicit = explicitSeconds(headers, directives, shared, dateValue, receivedAt);
        boolean heuristic = explicit < 0;
        long lifetime =
                heuristic ? guessMillis(status, headers, directives, shared, dateValue, receivedAt) : millis(explicit);
        return new Freshness(
                lifetime,
                heuristic,
                initialAgeMillis(headers, dateValue, receivedAt, minus(receivedAtMillis, requestedAtMillis)),
                receivedAtMillis);
    }

    /** Returns this with a lifetime that begins when the response arrived, however old it was then. */
    Freshness from(long lifetimeMillis) {
        return new Freshness(plus(lifetimeMillis, initialAgeMillis), false, initialAgeMillis, receivedAtMillis);
    }

    /** Returns current_age (§4.2.3), not less than at receipt even if the clock went back. */
    long ageMillis(long nowMillis) {
        return plus(initialAgeMillis, Math.max(0, minus(nowMillis, receivedAtMillis)));
    }

    /** Returns for how long the response stays fresh; not positive if it is stale, for how long it has been then. */
    long freshForMillis(long nowMillis) {
        return lifetimeMillis - ageMillis(nowMillis);
    }

    /**
     * Returns whether a response says itself how long it is fresh (§4.2.1), be it for no time at all: an Expires or a
     * max-age that cannot be read says that.
     */
    static boolean isExplicit(HttpHeaders headers, CacheControl directives, boolean shared) {
        return (shared && directives.sMaxage() >= 0)
                || directives.maxAge() >= 0
                || (!directives.targeted() && !headers.allValues("Expires").isEmpty());
    }

    /** Returns whether the time of a response with this status may be guessed (RFC 9110 §15.1). */
    static boolean isHeuristicallyCacheable(int status) {
        return switch (status) {
            case 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501 -> true;
            default -> false;
        };
    }

    /**
     * Returns age_value in seconds (§5.1): the first member counts, and if it is no number of seconds the field does
     * not.
     */
    static long ageSeconds(HttpHeaders headers) {
        List<String> lines = headers.allValues("Age");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int comma;
            for (int start = 0; start < line.length(); start = comma + 1) {
                comma = line.indexOf(',', start);
                comma = comma < 0 ? line.length() : comma;
                int from = FieldList.skipSpace(line, start, comma);
                int to = FieldList.trimEnd(line, from, comma);
                if (from < to) {
                    return Math.max(0, DeltaSeconds.parse(line, from, to));
                }
            }
        }
        return 0;
    }

    /** Returns the milliseconds of an instant, the nearest there are if it lies beyond. */
    static long millis(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds > Long.MAX_VALUE / 1000 - 1) {
            return Long.MAX_VALUE;
        }
        return seconds < Long.MIN_VALUE / 1000 + 1 ? Long.MIN_VALUE : instant.toEpochMilli();
    }

    /** Returns the explicit lifetime, or -1 if there is none (§4.2.1). */
    private static long explicitSeconds(
            HttpHeaders headers, CacheControl directives, boolean shared, long date, long receivedAt) {
        if (shared && directives.sMaxage() >= 0) {
            return directives.sMaxage();
        }
        if (directives.maxAge() >= 0) {
            return directives.maxAge();
        }
        List<String> lines = directives.targeted() ? List.of() : headers.allValues("Expires");
        if (lines.isEmpty()) {
            return -1;
        }
        // §4.2.1: the first of several. §5.3: one that is no date, such as 0, lies in the past.
        long expires = HttpDate.parse(lines.get(0), receivedAt);
        return expires == HttpDate.INVALID ? 0 : Math.max(0, expires - date);
    }

    private static long guessMillis(
            int status, HttpHeaders headers, CacheControl directives, boolean shared, long date, long receivedAt) {
        // §4.2.2: for such statuses, or where something else has marked the response as one to be stored.
        if (!isHeuristicallyCacheable(status)
                && !directives.publicResponse()
                && (shared || !directives.has(CacheControl.Directive.PRIVATE))) {
            return 0;
        }
        long modified = date(headers, "Last-Modified", receivedAt);
        if (modified == HttpDate.INVALID || modified >= date) {
            return 0;
        }
        return Math.min(LONGEST_GUESS_MILLIS, millis(date - modified) / GUESSED_FRACTION);
    }

    /** Returns corrected_initial_age (§4.2.3), the more careful way. */
    private static long initialAgeMillis(HttpHeaders headers, long date, long receivedAt, long delayMillis) {
        long apparentAge = millis(Math.max(0, receivedAt - date));
        long correctedAge = plus(millis(ageSeconds(headers)), Math.max(0, delayMillis));
        return Math.max(apparentAge, correctedAge);
    }

    private static long date(HttpHeaders headers, String name, long now) {
        List<String> lines = headers.allValues(name);
        return lines.isEmpty() ? HttpDate.INVALID : HttpDate.parse(lines.get(0), now);
    }

    private static long millis(long seconds) {
        return seconds > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : seconds * 1000;
    }

    private static long plus(long some, long others) {
        return some > Long.MAX_VALUE - others ? Long.MAX_VALUE : some + others;
    }

    private static long minus(long later, long earlier) {
        long difference = later - earlier;
        // Of two with different signs, the difference has the sign of the first unless it overflowed.
        if (((later ^ earlier) & (later ^ difference)) < 0) {
            return later < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return difference;
    }
}
