package dev.larder.perf.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Where on a line figures belong.
 *
 * @param name what is measured, and in what
 * @param from the figure at its beginning
 * @param to the figure at its end
 * @param isLog whether equal distances are equal ratios
 * @param ticks the figures that are named
 */
public record Axis(String name, double from, double to, boolean isLog, List<Tick> ticks) {
    /** A figure that is named. */
    public record Tick(double at, String label) {}

    /** Returns an axis from 0 to somewhat above {@code most}. */
    public static Axis linear(String name, double most, DoubleFunction<String> label) {
        double top = most <= 0 || !Double.isFinite(most) ? 1 : most;
        double step = step(top);
        int steps = (int) Math.max(1, Math.ceil(top / step - 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(new Tick(i * step, label.apply(i * step)));
        }
        return new Axis(name, 0, steps * step, false, List.copyOf(ticks));
    }

    /** Returns 1, 2 or 5 of a power of ten, of which three to five make {@code most}. */
    private static double step(double most) {
        double rough = most / 5;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return power * (lead < 1.001 ? 1 : lead < 2.001 ? 2 : lead < 5.001 ? 5 : 10);
    }

    /** Returns an axis over powers of ten, with figures between them named where there are few. */
    public static Axis log(String name, double least, double most, DoubleFunction<String> label) {
        double low = Math.max(least, 1e-9);
        double high = Math.max(most, low * 1.0001);
        double[] steps = high / low < 30 ? new double[] {1, 2, 5} : new double[] {1};
        double from = floor(low, steps);
        double to = ceil(high, steps);
        List<Tick> ticks = new ArrayList<>();
        int decades = (int) Math.round(Math.log10(to / from));
        int every = Math.max(1, (decades + 5) / 6);
        for (int power = (int) Math.floor(Math.log10(from) + 1e-9); power <= Math.log10(to) + 1e-9; power++) {
            for (double step : steps) {
                double at = step * Math.pow(10, power);
                if (at >= from * 0.999 && at <= to * 1.001 && Math.floorMod(power, every) == 0) {
                    ticks.add(new Tick(at, label.apply(at)));
                }
            }
        }
        return new Axis(name, from, to, true, List.copyOf(ticks));
    }

    private static double floor(double figure, double[] steps) {
        double power = Math.pow(10, Math.floor(Math.log10(figure) + 1e-9));
        double found = power;
        for (double step : steps) {
            if (step * power <= figure * 1.0000001) {
                found = step * power;
            }
        }
        return found;
    }

    private static double ceil(double figure, double[] steps) {
        double power = Math.pow(10, Math.floor(Math.log10(figure) + 1e-9));
        for (double step : steps) {
            if (step * power >= figure * 0.9999999) {
                return step * power;
            }
        }
        return power * 10;
    }

    /** Returns an axis with these figures, at distances as their ratios are. */
    public static Axis ratios(String name, List<Integer> figures) {
        double first = figures.isEmpty() ? 1 : figures.get(0);
        double last = figures.isEmpty() ? 1 : figures.get(figures.size() - 1);
        return new Axis(
                name,
                first,
                last,
                true,
                figures.stream().map(f -> new Tick(f, Integer.toString(f))).toList());
    }

    /** Returns an axis with these words at equal distances, from 0. */
    public static Axis words(String name, List<String> words) {
        List<Tick> ticks = new ArrayList<>();
        for (String word : words) {
            ticks.add(new Tick(ticks.size(), word));
        }
        return new Axis(name, 0, Math.max(1, words.size() - 1), false, List.copyOf(ticks));
    }

    /** Returns where a figure is: 0 at the beginning, 1 at the end; what lies beyond is put there. */
    public double position(double figure) {
        if (from == to) {
            return 0.5;
        }
        double position =
                isLog ? Math.log(Math.max(figure, 1e-12) / from) / Math.log(to / from) : (figure - from) / (to - from);
        return Math.min(1, Math.max(0, position));
    }
}
