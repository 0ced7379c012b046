package dev.larder.perf.environment;

import dev.larder.perf.suite.CallerThreads;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The virtual machine.
 *
 * @param version of Java
 * @param name what it calls itself
 * @param vendor who made it
 * @param collectors the garbage collectors
 * @param maxHeapBytes how large its heap may become
 * @param arguments those that may change a figure
 * @param callerThreads of which kind the callers are
 */
public record Jvm(
        String version,
        String name,
        String vendor,
        String collectors,
        long maxHeapBytes,
        List<String> arguments,
        String callerThreads) {
    // System properties are left out: they seldom matter, and may hold what is nobody's business.
    private static final Pattern THAT_MATTER =
            Pattern.compile("-X.*|-server|-client|--enable-preview|-javaagent:.*|-agentlib:.*|-agentpath:.*");

    static Jvm here() {
        return new Jvm(
                Runtime.version().toString(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vendor"),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        // Such as "G1 Young Generation" and "G1 Old Generation".
                        .map(collector -> collector.getName().split(" ", 2)[0])
                        .distinct()
                        .collect(Collectors.joining(", ")),
                Runtime.getRuntime().maxMemory(),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(argument -> THAT_MATTER.matcher(argument).matches())
                        .toList(),
                CallerThreads.kind());
    }
}
