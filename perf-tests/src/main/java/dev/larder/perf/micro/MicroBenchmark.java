package dev.larder.perf.micro;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A benchmark as people know it.
 *
 * @param name what it is called in tables
 * @param sentence what one operation does
 * @param type the class that has it
 * @param method its method
 * @param parameters the values of its parameters, but for the store
 * @param onStore whether it is run on a store, and on each
 */
record MicroBenchmark(
        String name, String sentence, Class<?> type, String method, Map<String, String> parameters, boolean onStore) {

    /** Returns the expression by which JMH finds it, and no other one. */
    String pattern() {
        return "^" + Pattern.quote(type.getName() + "." + method) + "$";
    }
}
