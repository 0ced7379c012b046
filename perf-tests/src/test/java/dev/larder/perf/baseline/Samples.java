package dev.larder.perf.baseline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Runs that were never made: rows of a known speed, under noise that follows from a seed. */
final class Samples {
    private final Random random;
    private final double noise;

    /** @param noise by which part repetitions of one row scatter */
    Samples(long seed, double noise) {
        this.random = new Random(seed);
        this.noise = noise;
    }

    /** Returns a run of so many rows, each of them slower than it would be by the part that {@code slowness} gives. */
    Run run(int rows, int repetitions, IntToDoubleFunction slowness) {
        Map<RowKey, Run.Row> run = new LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            run.put(new RowKey("store", "scenario", row + 1), row(row, repetitions, slowness.applyAsDouble(row)));
        }
        return new Run(run, Map.of());
    }

    private Run.Row row(int row, int repetitions, double slowness) {
        Map<Metric, List<Double>> samples = new EnumMap<>(Metric.class);
        for (int i = 0; i < repetitions; i++) {
            // Of calls that took 1 us, 2 us, 3 us ..., to the three digits that a histogram keeps.
            double nanos = 1000 * (row + 1) * (1 + slowness) * disturbance();
            add(samples, Metric.THROUGHPUT, 1e9 / nanos);
            add(samples, Metric.P50, Math.rint(nanos * disturbance() / 10) * 10);
            add(samples, Metric.P99, nanos * 3 * Math.pow(disturbance(), 4));
        }
        return new Run.Row(samples, false);
    }

    /** Most repetitions lie close together; one in ten is hit by something and takes up to half as long again. */
    private double disturbance() {
        double usual = Math.exp(random.nextGaussian() * noise);
        return random.nextInt(10) == 0 ? usual * (1 + random.nextDouble() / 2) : usual;
    }

    private static void add(Map<Metric, List<Double>> samples, Metric metric, double value) {
        samples.computeIfAbsent(metric, key -> new ArrayList<>()).add(value);
    }
}
