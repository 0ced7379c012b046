package dev.larder.cache;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One store asked for in text: {@code scheme:location?option=value&option=value}.
 *
 * <p>Location and option values are percent-decoded as UTF-8: a comma, question mark, ampersand or percent sign that
 * belongs to a path is written {@code %2C}, {@code %3F}, {@code %26}, {@code %25}. A plus sign means itself.
 *
 * <p>Options are read by type, and each reader returns empty where the option is not given. Reading also makes an
 * option known: one that was given and never read is unknown, and {@link #rejectUnknownOptions()} says so. A spec is
 * for one thread.
 */
public final class StoreSpec {
    private static final Pattern SHAPE = Pattern.compile("([a-z][a-z0-9+-]*)(?::([^?]*)(?:\\?(.*))?)?", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final Pattern SIZE = Pattern.compile("(-?[0-9]+) ?(B|[KMGT]i?B)?");
    private static final Pattern LENGTH_OF_TIME = Pattern.compile("(-?[0-9]+) ?(ns|us|ms|s|m|h|d)");

    private final String scheme;
    private final String location;
    private final Map<String, String> options;
    private final List<StoreSpec> tiers;
    private final InstantSource clock;
    private final SortedSet<String> known = new TreeSet<>();

    private StoreSpec(
            String scheme, String location, Map<String, String> options, List<StoreSpec> tiers, InstantSource clock) {
        this.scheme = scheme;
        this.location = location;
        this.options = options;
        this.tiers = tiers;
        this.clock = clock;
    }

    /** Reads one element of a comma list. */
    static StoreSpec parse(String text, InstantSource clock) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a store spec: '" + text
                    + "'; write scheme:location?option=value, such as memory:?maxBytes=64MiB");
        }
        String location = matcher.group(2) == null ? "" : matcher.group(2);
        Map<String, String> options = new LinkedHashMap<>();
        if (matcher.group(3) != null) {
            for (String option : matcher.group(3).split("&", -1)) {
                int equals = option.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(
                            "not an option: '" + option + "' in '" + text + "'; write option=value, joined by &");
                }
                String name = decode(option.substring(0, equals), text);
                if (options.put(name, decode(option.substring(equals + 1), text)) != null) {
                    throw new IllegalArgumentException("option '" + name + "' is given twice in '" + text + "'");
                }
            }
        }
        return new StoreSpec(matcher.group(1), decode(location, text), options, List.of(), clock);
    }

    /** Returns {@code text}, such as a path, as it is written in a spec. */
    public static String encode(String text) {
        return text.replace("%", "%25").replace(",", "%2C").replace("?", "%3F").replace("&", "%26");
    }

    private static String decode(String text, String whole) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.write(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw badEncoding(whole);
            }
            out.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw badEncoding(whole);
        }
    }

    private static IllegalArgumentException badEncoding(String whole) {
        return new IllegalArgumentException(
                "broken percent-encoding in '" + whole + "'; a percent sign itself is written %25");
    }

    /** Returns this spec with {@code tiers} below it, nearest first. */
    StoreSpec withTiers(List<StoreSpec> tiers) {
        return new StoreSpec(scheme, location, options, List.copyOf(tiers), clock);
    }

    /** Returns what the spec begins with. */
    public String scheme() {
        return scheme;
    }

    /** Returns what stands between the scheme and the options, decoded; often a path, empty if there is nothing. */
    public String location() {
        return location;
    }

    /** Returns the stores that this one is made of, nearest first; empty unless the scheme combines others. */
    public List<StoreSpec> tiers() {
        return tiers;
    }

    /** Returns the clock by which the store measures retention. */
    public InstantSource clock() {
        return clock;
    }

    /** Returns the text of an option. */
    public Optional<String> text(String option) {
        return Optional.ofNullable(read(option));
    }

    /**
     * Returns a count, written in decimal digits.
     *
     * @throws IllegalArgumentException if it is something else or negative
     */
    public OptionalLong number(String option) {
        String value = read(option);
        if (value == null) {
            return OptionalLong.empty();
        }
        // Long.parseLong also takes a plus sign and the digits of every script.
        if (!NUMBER.matcher(value).matches()) {
            throw bad(option, value, "write a whole number, such as 10000");
        }
        try {
            return OptionalLong.of(notNegative(option, value, Long.parseLong(value)));
        } catch (NumberFormatException e) {
            throw bad(option, value, "write a whole number up to " + Long.MAX_VALUE);
        }
    }

    /**
     * Returns a size in bytes, written as a whole number with one of B, KiB, MiB, GiB, TiB (powers of 1,024), KB, MB,
     * GB, TB (powers of 1,000), or with no unit.
     *
     * @throws IllegalArgumentException if it is something else, negative, or over 2^63-1
     */
    public OptionalLong bytes(String option) {
        String value = read(option);
        if (value == null) {
            return OptionalLong.empty();
        }
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches()) {
            throw bad(option, value, "write a size such as 64MiB, 1GiB or 500000");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        BigInteger step = BigInteger.valueOf(unit.endsWith("iB") ? 1024 : 1000);
        BigInteger size = new BigInteger(matcher.group(1)).multiply(step.pow("BKMGT".indexOf(unit.charAt(0))));
        if (size.bitLength() > 63) {
            throw bad(option, value, "that is more bytes than there are");
        }
        return OptionalLong.of(notNegative(option, value, size.longValue()));
    }

    /**
     * Returns a length of time, written as in {@link Duration#parse} ({@code PT5M}) or as a whole number with one of
     * ns, us, ms, s, m, h, d ({@code 30d}).
     *
     * @throws IllegalArgumentException if it is something else, negative, or over 2^63-1 seconds
     */
    public Optional<Duration> duration(String option) {
        String value = read(option);
        if (value == null) {
            return Optional.empty();
        }
        Duration duration = parseDuration(option, value);
        if (duration.isNegative()) {
            throw bad(option, value, "it must not be negative");
        }
        return Optional.of(duration);
    }

    private Duration parseDuration(String option, String value) {
        try {
            Matcher matcher = LENGTH_OF_TIME.matcher(value);
            if (!matcher.matches()) {
                return Duration.parse(value);
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ns" -> Duration.ofNanos(amount);
                case "us" ->
                    Duration.ofSeconds(Math.floorDiv(amount, 1_000_000L), Math.floorMod(amount, 1_000_000L) * 1_000);
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            throw bad(option, value, "write a length of time such as 30d, 250ms or PT5M");
        }
    }

    /**
     * Returns one of the constants of {@code type}, written as its name in lower case with {@code -} for {@code _}.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists those that exist
     */
    public <E extends Enum<E>> Optional<E> choice(String option, Class<E> type) {
        String value = read(option);
        if (value == null) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (written(constant).equals(value)) {
                return Optional.of(constant);
            }
        }
        throw bad(
                option,
                value,
                "choose one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(StoreSpec::written)
                                .collect(Collectors.joining(", ")));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Does nothing if every option that was given has been read.
     *
     * @throws IllegalArgumentException if one was not; the message lists those that exist
     */
    public void rejectUnknownOptions() {
        for (String option : options.keySet()) {
            if (!known.contains(option)) {
                throw new IllegalArgumentException("unknown option '" + option + "' of " + scheme + ": "
                        + (known.isEmpty() ? "it has none" : "choose from " + String.join(", ", known)));
            }
        }
    }

    /**
     * Does nothing if the spec has no location.
     *
     * @throws IllegalArgumentException if it has one
     */
    public void rejectLocation() {
        if (!location.isEmpty()) {
            throw new IllegalArgumentException(
                    scheme + " takes no location, but got '" + location + "': write " + scheme + ":?option=value");
        }
    }

    private @Nullable String read(String option) {
        known.add(option);
        return options.get(option);
    }

    private long notNegative(String option, String value, long number) {
        if (number < 0) {
            throw bad(option, value, "it must not be negative");
        }
        return number;
    }

    private IllegalArgumentException bad(String option, String value, String advice) {
        return new IllegalArgumentException(
                "bad value '" + value + "' for " + option + " of " + scheme + ": " + advice);
    }

    /** Returns scheme and location, without options. */
    @Override
    public String toString() {
        return scheme + ":" + location;
    }
}
