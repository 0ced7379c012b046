package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cache directives of one message (RFC 9111 §5.2, RFC 5861, RFC 8246): immutable, to be kept beside it.
 *
 * <p>Directives are known by their name in any case, arguments may be tokens or quoted-strings, and what is unknown is
 * ignored (§5.2, §5.2.3). Of a directive that comes twice the first counts (§4.2.1); names of fields add up. What
 * cannot be read has the strictest reading it could have had: no {@code max-age} that is no number keeps anything fresh
 * (§4.2.1), and {@code no-cache} with a broken list means all fields.
 *
 * <p>Times are seconds in a {@code long} rather than a {@code Duration}: these are read several times on every hit.
 */
final class CacheControl {
    // How many directives have a time.
    private static final int TIMES = 6;

    /** No directives at all. */
    static final CacheControl NONE = new CacheControl(new Builder(), false);

    /** The time of a directive that is not there. */
    static final long ABSENT = -1;

    private static final CacheControl NO_CACHE =
            new Builder().flag(Directive.NO_CACHE).build();
    private static final String FIELD = "Cache-Control";

    /** The directives that mean something to this cache. */
    enum Directive {
        MAX_AGE(0, "max-age", Argument.SECONDS, 0),
        S_MAXAGE(1, "s-maxage", Argument.SECONDS, 0),
        MIN_FRESH(2, "min-fresh", Argument.SECONDS, DeltaSeconds.LARGEST),
        MAX_STALE(3, "max-stale", Argument.SECONDS, 0),
        STALE_WHILE_REVALIDATE(4, "stale-while-revalidate", Argument.SECONDS, 0),
        STALE_IF_ERROR(5, "stale-if-error", Argument.SECONDS, 0),
        NO_CACHE(6, "no-cache", Argument.FIELDS, 0),
        PRIVATE(7, "private", Argument.FIELDS, 0),
        NO_STORE(8, "no-store", Argument.NONE, 0),
        MUST_REVALIDATE(9, "must-revalidate", Argument.NONE, 0),
        PROXY_REVALIDATE(10, "proxy-revalidate", Argument.NONE, 0),
        MUST_UNDERSTAND(11, "must-understand", Argument.NONE, 0),
        NO_TRANSFORM(12, "no-transform", Argument.NONE, 0),
        ONLY_IF_CACHED(13, "only-if-cached", Argument.NONE, 0),
        PUBLIC(14, "public", Argument.NONE, 0),
        IMMUTABLE(15, "immutable", Argument.NONE, 0);

        private static final Directive[] ALL = values();

        // Those with a time come first: it is where that is kept.
        private final int index;
        private final String text;
        private final Argument argument;
        private final long strictest;

        Directive(int index, String text, Argument argument, long strictest) {
            this.index = index;
            this.text = text;
            this.argument = argument;
            this.strictest = strictest;
        }

        Argument argument() {
            return argument;
        }

        static @Nullable Directive of(String line, int from, int to) {
            for (Directive directive : ALL) {
                if (directive.text.length() == to - from
                        && line.regionMatches(true, from, directive.text, 0, to - from)) {
                    return directive;
                }
            }
            return null;
        }

        /** Returns whether a member that begins like this directive and then goes wrong is better ignored. */
        private boolean permits() {
            return this == PUBLIC || this == IMMUTABLE;
        }

        private int bit() {
            return 1 << index;
        }
    }

    /** What may follow a directive's name. */
    enum Argument {
        NONE,
        SECONDS,
        FIELDS
    }

    private final int present;
    private final int qualified;
    private final long maxAge;
    private final long sMaxage;
    private final long minFresh;
    private final long maxStale;
    private final long staleWhileRevalidate;
    private final long staleIfError;
    private final List<String> noCacheFields;
    private final List<String> privateFields;
    private final boolean targeted;

    private CacheControl(Builder builder, boolean targeted) {
        this(
                builder.present,
                builder.qualified,
                builder.seconds,
                List.copyOf(builder.noCacheFields),
                List.copyOf(builder.privateFields),
                targeted);
    }

    private CacheControl(
            int present,
            int qualified,
            long[] seconds,
            List<String> noCacheFields,
            List<String> privateFields,
            boolean targeted) {
        this.present = present;
        this.qualified = qualified;
        this.maxAge = seconds[Directive.MAX_AGE.index];
        this.sMaxage = seconds[Directive.S_MAXAGE.index];
        this.minFresh = seconds[Directive.MIN_FRESH.index];
        this.maxStale = seconds[Directive.MAX_STALE.index];
        this.staleWhileRevalidate = seconds[Directive.STALE_WHILE_REVALIDATE.index];
        this.staleIfError = seconds[Directive.STALE_IF_ERROR.index];
        this.noCacheFields = noCacheFields;
        this.privateFields = privateFields;
        this.targeted = targeted;
    }

    /** Reads the times, in the order in which they were written. */
    private CacheControl(int present, int qualified, boolean targeted, FormReader in) {
        this.present = present;
        this.qualified = qualified;
        this.maxAge = readSeconds(present, Directive.MAX_AGE, in);
        this.sMaxage = readSeconds(present, Directive.S_MAXAGE, in);
        this.minFresh = readSeconds(present, Directive.MIN_FRESH, in);
        this.maxStale = readSeconds(present, Directive.MAX_STALE, in);
        this.staleWhileRevalidate = readSeconds(present, Directive.STALE_WHILE_REVALIDATE, in);
        this.staleIfError = readSeconds(present, Directive.STALE_IF_ERROR, in);
        this.noCacheFields = List.of();
        this.privateFields = List.of();
        this.targeted = targeted;
    }

    private static long readSeconds(int present, Directive directive, FormReader in) {
        return (present & directive.bit()) == 0 ? ABSENT : in.readLong();
    }

    /** Writes these, but for names of fields: what these say was done when the response was stored. */
    void writeTo(FormWriter out) {
        out.writeShort(present);
        out.writeShort(qualified);
        out.writeByte(targeted ? 1 : 0);
        for (Directive directive : Directive.ALL) {
            if (directive.argument == Argument.SECONDS && has(directive)) {
                out.writeLong(seconds(directive));
            }
        }
    }

    /** Reads what {@link #writeTo} has written. */
    static CacheControl readFrom(FormReader in) {
        int present = Short.toUnsignedInt(in.readShort());
        int qualified = Short.toUnsignedInt(in.readShort());
        boolean targeted = in.readByte() != 0;
        return present == 0 && !targeted ? NONE : new CacheControl(present, qualified, targeted, in);
    }

    /** Returns the directives of a request, with {@code Pragma: no-cache} as one if it has no other (§5.4). */
    static CacheControl ofRequest(HttpHeaders headers) {
        List<String> lines = headers.allValues(FIELD);
        if (lines.isEmpty()) {
            return FieldList.contains(headers.allValues("Pragma"), "no-cache") ? NO_CACHE : NONE;
        }
        return parse(lines);
    }

    /** Returns the directives of a response, those in targeted fields aside; {@code Pragma} has no part in it (§5.4). */
    static CacheControl ofResponse(HttpHeaders headers) {
        return parse(headers.allValues(FIELD));
    }

    /** Returns the directives in the lines of one Cache-Control field. */
    static CacheControl parse(List<String> lines) {
        if (lines.isEmpty()) {
            return NONE;
        }
        Builder builder = new Builder();
        for (int i = 0; i < lines.size(); i++) {
            builder.addLine(lines.get(i));
        }
        return builder.build();
    }

    /** Returns these as those of a request that nothing satisfies but what its upstream has just confirmed. */
    CacheControl withNoCache() {
        return new CacheControl(
                present | Directive.NO_CACHE.bit(), qualified, seconds(), noCacheFields, privateFields, targeted);
    }

    /** Returns these with times for stale answers, where they have none; {@link #ABSENT} leaves one out. */
    CacheControl withStaleWindows(long whileRevalidate, long ifError) {
        long[] seconds = seconds();
        int all = present;
        if (whileRevalidate >= 0 && !has(Directive.STALE_WHILE_REVALIDATE)) {
            all |= Directive.STALE_WHILE_REVALIDATE.bit();
            seconds[Directive.STALE_WHILE_REVALIDATE.index] = Math.min(whileRevalidate, DeltaSeconds.LARGEST);
        }
        if (ifError >= 0 && !has(Directive.STALE_IF_ERROR)) {
            all |= Directive.STALE_IF_ERROR.bit();
            seconds[Directive.STALE_IF_ERROR.index] = Math.min(ifError, DeltaSeconds.LARGEST);
        }
        return all == present
                ? this
                : new CacheControl(all, qualified, seconds, noCacheFields, privateFields, targeted);
    }

    private long[] seconds() {
        return new long[] {maxAge, sMaxage, minFresh, maxStale, staleWhileRevalidate, staleIfError};
    }

    /** Returns the age up to which a response is fresh or a request content, in seconds; {@link #ABSENT} if not given. */
    long maxAge() {
        return maxAge;
    }

    /** Returns what replaces {@link #maxAge} for a shared cache, in seconds; {@link #ABSENT} if not given. */
    long sMaxage() {
        return sMaxage;
    }

    /** Returns for how many seconds more the answer to a request has to be fresh; {@link #ABSENT} if not given. */
    long minFresh() {
        return minFresh;
    }

    /**
     * Returns for how many seconds the answer to a request may have been stale; {@link DeltaSeconds#LARGEST} if for any
     * time, {@link #ABSENT} if not given.
     */
    long maxStale() {
        return maxStale;
    }

    /** Returns for how many seconds a response may be served stale while it is validated; {@link #ABSENT} if not given. */
    long staleWhileRevalidate() {
        return staleWhileRevalidate;
    }

    /** Returns for how many seconds stale responses may stand in for errors; {@link #ABSENT} if not given. */
    long staleIfError() {
        return staleIfError;
    }

    /** Returns whether nothing of the message may be used without validation. */
    boolean noCache() {
        return has(Directive.NO_CACHE) && (qualified & Directive.NO_CACHE.bit()) == 0;
    }

    /** Returns the fields of a response, in lower case, that may not be used without validation, if not all of it. */
    List<String> noCacheFields() {
        return noCache() ? List.of() : noCacheFields;
    }

    /** Returns whether nothing of the response may be stored by a shared cache. */
    boolean privateResponse() {
        return has(Directive.PRIVATE) && (qualified & Directive.PRIVATE.bit()) == 0;
    }

    /** Returns the fields of a response, in lower case, that a shared cache may not store, if not all of it. */
    List<String> privateFields() {
        return privateResponse() ? List.of() : privateFields;
    }

    boolean noStore() {
        return has(Directive.NO_STORE);
    }

    boolean mustRevalidate() {
        return has(Directive.MUST_REVALIDATE);
    }

    boolean proxyRevalidate() {
        return has(Directive.PROXY_REVALIDATE);
    }

    boolean mustUnderstand() {
        return has(Directive.MUST_UNDERSTAND);
    }

    boolean noTransform() {
        return has(Directive.NO_TRANSFORM);
    }

    boolean onlyIfCached() {
        return has(Directive.ONLY_IF_CACHED);
    }

    boolean publicResponse() {
        return has(Directive.PUBLIC);
    }

    boolean immutable() {
        return has(Directive.IMMUTABLE);
    }

    /** Returns whether a directive is there, whatever its argument. */
    boolean has(Directive directive) {
        return (present & directive.bit()) != 0;
    }

    /** Returns whether these came in a targeted field, so that Expires has no say either (RFC 9213 §2.2). */
    boolean targeted() {
        return targeted;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Directive directive : Directive.ALL) {
            if (has(directive)) {
                text.append(text.length() == 0 ? "" : ", ").append(directive.text);
                if (directive.argument == Argument.SECONDS) {
                    text.append('=').append(seconds(directive));
                } else if ((qualified & directive.bit()) != 0) {
                    List<String> fields = directive == Directive.NO_CACHE ? noCacheFields : privateFields;
                    text.append("=\"").append(String.join(", ", fields)).append('"');
                }
            }
        }
        return text.toString();
    }

    private long seconds(Directive directive) {
        return switch (directive) {
            case MAX_AGE -> maxAge;
            case S_MAXAGE -> sMaxage;
            case MIN_FRESH -> minFresh;
            case MAX_STALE -> maxStale;
            case STALE_WHILE_REVALIDATE -> staleWhileRevalidate;
            case STALE_IF_ERROR -> staleIfError;
            default -> ABSENT;
        };
    }

    /** Gathers directives, the first of each name. */
    static final class Builder {
        private final long[] seconds = new long[TIMES];
        private int present;
        // Directives whose list of fields could be read, each time they came.
        private int qualified;
        private List<String> noCacheFields = List.of();
        private List<String> privateFields = List.of();

        Builder() {
            Arrays.fill(seconds, ABSENT);
        }

        /** Adds a directive without an argument. */
        Builder flag(Directive directive) {
            switch (directive.argument) {
                case NONE -> present |= directive.bit();
                case FIELDS -> {
                    present |= directive.bit();
                    qualified &= ~directive.bit();
                }
                // §5.2.1.2: max-stale alone accepts any staleness. The others mean nothing without their number.
                case SECONDS ->
                    seconds(directive, directive == Directive.MAX_STALE ? DeltaSeconds.LARGEST : DeltaSeconds.INVALID);
            }
            return this;
        }

        /** Adds a directive of time. */
        Builder seconds(Directive directive, long value) {
            if ((present & directive.bit()) == 0) {
                present |= directive.bit();
                seconds[directive.index] = value == DeltaSeconds.INVALID ? directive.strictest : value;
            }
            return this;
        }

        /** Adds a directive for the fields in {@code list} alone; for all if these are not all names, or none (§5.2.2.4). */
        Builder fields(Directive directive, String list) {
            List<String> names = FieldList.lowerCaseMembers(List.of(list));
            boolean unqualified = names.isEmpty() || (has(directive) && (qualified & directive.bit()) == 0);
            for (int i = 0; i < names.size(); i++) {
                unqualified |= !FieldList.isToken(names.get(i));
            }
            if (unqualified) {
                return flag(directive);
            }
            present |= directive.bit();
            qualified |= directive.bit();
            if (directive == Directive.NO_CACHE) {
                noCacheFields = both(noCacheFields, names);
            } else {
                privateFields = both(privateFields, names);
            }
            return this;
        }

        CacheControl build() {
            return new CacheControl(this, false);
        }

        CacheControl buildTargeted() {
            return new CacheControl(this, true);
        }

        private boolean has(Directive directive) {
            return (present & directive.bit()) != 0;
        }

        private void addLine(String line) {
            int end;
            for (int start = 0; start < line.length(); start = end + 1) {
                end = FieldList.endOfMember(line, start);
                int from = FieldList.skipSpace(line, start, end);
                addMember(line, from, FieldList.trimEnd(line, from, end));
            }
        }

        /** §5.2: {@code token [ "=" ( token / quoted-string ) ]}, with no space around the equals sign. */
        private void addMember(String line, int from, int to) {
            int nameEnd = FieldList.endOfToken(line, from, to);
            Directive directive = Directive.of(line, from, nameEnd);
            if (directive == null) {
                return;
            }
            if (nameEnd == to) {
                flag(directive);
            } else if (line.charAt(nameEnd) == '=') {
                addArgument(directive, line, nameEnd + 1, to);
            } else if (!directive.permits()) {
                addBroken(directive);
            }
        }

        private void addArgument(Directive directive, String line, int from, int to) {
            boolean quoted = from < to && line.charAt(from) == '"' && FieldList.closingQuote(line, from) == to - 1;
            if (!quoted && (from == to || FieldList.endOfToken(line, from, to) != to)) {
                if (!directive.permits()) {
                    addBroken(directive);
                }
                return;
            }
            switch (directive.argument) {
                // RFC 8246 §2: an argument means nothing.
                case NONE -> flag(directive);
                case SECONDS -> {
                    String text = quoted ? FieldList.unquote(line, from, to - 1) : line;
                    seconds(directive, DeltaSeconds.parse(text, quoted ? 0 : from, quoted ? text.length() : to));
                }
                case FIELDS ->
                    fields(directive, quoted ? FieldList.unquote(line, from, to - 1) : line.substring(from, to));
            }
        }

        private void addBroken(Directive directive) {
            if (directive.argument == Argument.SECONDS) {
                seconds(directive, DeltaSeconds.INVALID);
            } else {
                flag(directive);
            }
        }

        private static List<String> both(List<String> some, List<String> others) {
            if (some.isEmpty()) {
                return others;
            }
            List<String> all = new ArrayList<>(some);
            all.addAll(others);
            return all;
        }
    }
}
