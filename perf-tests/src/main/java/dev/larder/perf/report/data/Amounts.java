package dev.larder.perf.report.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Amounts with three digits and the unit that suits them, the same in every locale. */
public final class Amounts {
    private Amounts() {}

    /** Returns a time, such as {@code 1.24 µs}. */
    public static String time(double nanos) {
        if (nanos < 999.5) {
            return digits(nanos) + " ns";
        }
        if (nanos < 999.5e3) {
            return digits(nanos / 1e3) + " µs";
        }
        return nanos < 999.5e6 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }

    /** Returns a number that may be large, such as {@code 412 k}. */
    public static String number(double number) {
        double size = Math.abs(number);
        if (size < 9_999.5) {
            return size >= 999.5 ? count(Math.round(number)) : digits(number);
        }
        if (size < 999.5e3) {
            return digits(number / 1e3) + " k";
        }
        return size < 999.5e6 ? digits(number / 1e6) + " M" : digits(number / 1e9) + " G";
    }

    /** Returns a number in as few characters as an axis has room for, such as {@code 5 k}. */
    public static String brief(double number) {
        double size = Math.abs(number);
        return size >= 999.5 && size < 9_999.5 ? digits(number / 1e3) + " k" : number(number);
    }

    /** Returns how many in a second, such as {@code 412 k/s}. */
    public static String rate(double perSecond) {
        return number(perSecond) + "/s";
    }

    /** Returns a size, such as {@code 1.5 MiB}. */
    public static String bytes(double bytes) {
        double size = Math.abs(bytes);
        if (size < 999.5) {
            return digits(bytes) + " B";
        }
        if (size < 999.5 * 1024) {
            return digits(bytes / 1024) + " KiB";
        }
        return size < 999.5 * 1024 * 1024
                ? digits(bytes / (1024 * 1024)) + " MiB"
                : digits(bytes / (1024.0 * 1024 * 1024)) + " GiB";
    }

    /** Returns a whole number with its thousands apart. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns a part of a whole, such as {@code 12 %}; small ones get a digit more. */
    public static String percent(double part) {
        double percent = part * 100;
        return (Math.abs(percent) < 9.95 && percent != Math.rint(percent) ? digits(percent, 2) : digits(percent))
                + " %";
    }

    /** Returns how many times as much, such as {@code 2.3 times}. */
    public static String times(double factor) {
        return (factor < 10 ? digits(factor, 2) : digits(factor)) + " times";
    }

    /** Returns a ratio with two decimal places, or three digits if it is small. */
    public static String ratio(double ratio) {
        return ratio != 0 && Math.abs(ratio) < 0.1 ? digits(ratio, 2) : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Returns an amount in the unit of a limit. */
    public static String in(String unit, double amount) {
        return switch (unit) {
            case "1/s" -> rate(amount);
            case "s" -> time(amount * 1e9);
            case "bytes" -> bytes(amount);
            case "" -> number(amount);
            default -> ratio(amount);
        };
    }

    private static String digits(double number) {
        return digits(number, 3);
    }

    private static String digits(double number, int digits) {
        if (number == 0) {
            return "0";
        }
        BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(digits, RoundingMode.HALF_UP));
        if (rounded.scale() > 3) {
            rounded = rounded.setScale(3, RoundingMode.HALF_UP);
        }
        return rounded.stripTrailingZeros().toPlainString();
    }
}
