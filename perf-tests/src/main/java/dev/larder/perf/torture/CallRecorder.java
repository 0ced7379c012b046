package dev.larder.perf.torture;

import dev.larder.perf.torture.CrowdTally.CallTimes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** How long calls took, by kind. For one thread at a time. */
final class CallRecorder {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Map<Op.Kind, Histogram> histograms = new EnumMap<>(Op.Kind.class);

    CallRecorder() {
        for (Op.Kind kind : Op.Kind.values()) {
            histograms.put(kind, new Histogram(LONGEST_NANOS, 3));
        }
    }

    void record(Op.Kind kind, long nanos) {
        of(kind).recordValue(Math.min(nanos, LONGEST_NANOS));
    }

    void add(CallRecorder other) {
        histograms.forEach((kind, histogram) -> histogram.add(other.of(kind)));
    }

    long count() {
        return histograms.values().stream().mapToLong(Histogram::getTotalCount).sum();
    }

    List<CallTimes> times() {
        List<CallTimes> times = new ArrayList<>();
        histograms.forEach((kind, histogram) -> times.add(new CallTimes(
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue())));
        return times;
    }

    private Histogram of(Op.Kind kind) {
        return Objects.requireNonNull(histograms.get(kind));
    }

    void writeTo(DataOutputStream out) throws IOException {
        for (Op.Kind kind : Op.Kind.values()) {
            Histogram histogram = of(kind);
            ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
            int length = histogram.encodeIntoCompressedByteBuffer(buffer);
            out.writeInt(length);
            out.write(buffer.array(), 0, length);
        }
    }

    static CallRecorder read(DataInputStream in) throws IOException {
        CallRecorder recorder = new CallRecorder();
        for (Op.Kind kind : Op.Kind.values()) {
            ByteBuffer buffer = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            try {
                recorder.of(kind).add(Histogram.decodeFromCompressedByteBuffer(buffer, LONGEST_NANOS));
            } catch (DataFormatException e) {
                throw new IOException("a child reported what is no histogram", e);
            }
        }
        return recorder;
    }
}
