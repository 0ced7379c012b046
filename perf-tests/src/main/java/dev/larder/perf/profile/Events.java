package dev.larder.perf.profile;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/** What is read from events of the JVM. */
final class Events {
    static final String EXECUTION = "jdk.ExecutionSample";
    static final String NATIVE = "jdk.NativeMethodSample";
    static final String ALLOCATION = "jdk.ObjectAllocationSample";
    static final String MONITOR = "jdk.JavaMonitorEnter";
    static final String PARK = "jdk.ThreadPark";

    /** What cannot be told. */
    static final String UNKNOWN = "unknown";

    private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda.*");
    private static final List<String> OF_THE_JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private Events() {}

    /** Returns the method that was running, or that called what is not Java. */
    static String top(RecordedEvent event) {
        return first(event, frame -> true);
    }

    /** Returns the method nearest to the top that is not the JDK's, or an empty text if all of them are. */
    static String site(RecordedEvent event) {
        String site = first(event, frame -> !isOfTheJdk(type(frame)));
        return site.equals(UNKNOWN) ? "" : site;
    }

    private static String first(RecordedEvent event, Predicate<RecordedFrame> wanted) {
        RecordedStackTrace stack = event.getStackTrace();
        if (stack == null) {
            return UNKNOWN;
        }
        return stack.getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .filter(wanted)
                .findFirst()
                .map(frame -> type(frame) + "." + frame.getMethod().getName())
                .orElse(UNKNOWN);
    }

    private static String type(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    static boolean isOfTheJdk(String name) {
        return OF_THE_JDK.stream().anyMatch(name::startsWith);
    }

    /** Returns the name of a class as Java writes it. */
    static String type(RecordedEvent event, String field) {
        RecordedClass type = event.getClass(field);
        return type == null ? UNKNOWN : readable(type.getName());
    }

    /** Returns {@code byte[]} for {@code [B}, {@code java.lang.String[]} for {@code [Ljava.lang.String;}. */
    static String readable(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == 0) {
            // What follows is different in every run.
            return LAMBDA.matcher(name).replaceFirst("\\$\\$Lambda");
        }
        String element = name.substring(dimensions);
        String type = switch (element.charAt(0)) {
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'D' -> "double";
            case 'F' -> "float";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'S' -> "short";
            case 'Z' -> "boolean";
            case 'L' -> element.substring(1, element.length() - 1);
            default -> element.toLowerCase(Locale.ROOT);
        };
        return type + "[]".repeat(dimensions);
    }
}
