package dev.larder.perf;

import dev.larder.perf.suite.ForwardingProgress;
import dev.larder.perf.suite.Progress;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets the user end a run with Ctrl-C, or a program with SIGTERM, and still have what was measured: the thread that made
 * this is interrupted, instead of the JVM being shut down. The second time ends the JVM as it always does.
 *
 * <p>A shutdown hook would do too, but hooks run at the same time, and temporary directories are erased by one.
 */
final class Interrupts implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("INT", "TERM");
    private static final int OF_SIGNALS = 128;

    private final Thread thread = Thread.currentThread();
    private final PrintWriter err;
    private final String name;
    private final List<Restored> restored = new ArrayList<>();
    private volatile int signal;

    /** A signal, and who handled it before. */
    private record Restored(Object signal, Object handler) {}

    private Interrupts(PrintWriter err, String name) {
        this.err = err;
        this.name = name;
    }

    /**
     * Listens until it is closed.
     *
     * @param name what stands before what is said to the user
     */
    static Interrupts of(PrintWriter err, String name) {
        Interrupts interrupts = new Interrupts(err, name);
        SIGNALS.forEach(interrupts::listenTo);
        return interrupts;
    }

    /** Returns the progress, by which a run is interrupted again whose parts have missed it. */
    Progress over(Progress progress) {
        return new ForwardingProgress(progress) {
            @Override
            public void step(String what) {
                if (signal != 0) {
                    thread.interrupt();
                }
                super.step(what);
            }
        };
    }

    /** Returns what a program that was ended by the signal exits with. */
    int exitCode() {
        // Without a signal it was an interrupt from within, which is the same to whoever waits.
        return OF_SIGNALS + (signal == 0 ? 2 : signal);
    }

    /** Listens no longer. A signal that came too late to interrupt anything is forgotten: what it would end has ended. */
    @Override
    public void close() {
        restore();
        if (signal != 0) {
            Thread.interrupted();
        }
    }

    private synchronized void restore() {
        restored.forEach(each -> handle(each.signal(), each.handler()));
        restored.clear();
    }

    private void signalled(Object which) throws ReflectiveOperationException {
        signal = (Integer) which.getClass().getMethod("getNumber").invoke(which);
        restore();
        err.println(name + ": interrupted; what was measured is being written, once more ends it at once");
        err.flush();
        thread.interrupt();
    }

    private synchronized void listenTo(String number) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler answer = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    signalled(arguments[0]);
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "larder's handler of signals";
            };
            Object handler = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, answer);
            Object signal = type.getConstructor(String.class).newInstance(number);
            Object before = handle(signal, handler);
            if (before != null) {
                restored.add(new Restored(signal, before));
            }
        } catch (ReflectiveOperationException e) {
            // Not every JVM has this, nor lets every signal be handled: then Ctrl-C just ends the program.
        }
    }

    /** Calls {@code Signal.handle}, which the JDK supports, but not so that javac would be silent about it. */
    private static @Nullable Object handle(Object signal, Object handler) {
        try {
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getClass().getMethod("handle", signal.getClass(), handlerType);
            return handle.invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
