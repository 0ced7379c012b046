package dev.larder.perf.baseline;

import java.util.regex.Pattern;

/** How much worse a metric may become, as people write it. */
public final class Threshold {
    /** What it is unless another is given. */
    public static final String DEFAULT = "10%";

    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,4}(\\.[0-9]{1,4})?) ?%?");

    private Threshold() {}

    /**
     * Returns a number of percent as a part: 0.1 for {@code 10} or {@code 10%}.
     *
     * @throws BaselineException if the text is something else
     */
    public static double parse(String text) {
        var matcher = PERCENT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new BaselineException(
                    "bad --threshold '" + text + "': write a number of percent, such as 10, 10% or 7.5");
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }
}
