package dev.larder.transport;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What later JDKs added to {@link HttpClient} and its builder: called where it exists. */
final class LaterJdk {
    private static final @Nullable MethodHandle LOCAL_ADDRESS = find(
            HttpClient.Builder.class,
            "localAddress",
            MethodType.methodType(HttpClient.Builder.class, InetAddress.class));
    private static final @Nullable MethodHandle SHUTDOWN =
            find(HttpClient.class, "shutdown", MethodType.methodType(void.class));
    private static final @Nullable MethodHandle SHUTDOWN_NOW =
            find(HttpClient.class, "shutdownNow", MethodType.methodType(void.class));
    private static final @Nullable MethodHandle CLOSE =
            find(HttpClient.class, "close", MethodType.methodType(void.class));
    private static final @Nullable MethodHandle IS_TERMINATED =
            find(HttpClient.class, "isTerminated", MethodType.methodType(boolean.class));
    private static final @Nullable MethodHandle AWAIT_TERMINATION =
            find(HttpClient.class, "awaitTermination", MethodType.methodType(boolean.class, Duration.class));

    private LaterJdk() {}

    private static @Nullable MethodHandle find(Class<?> owner, String name, MethodType type) {
        try {
            return MethodHandles.publicLookup().findVirtual(owner, name, type);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    static void shutdown(HttpClient client) {
        invoke(SHUTDOWN, client);
    }

    static void shutdownNow(HttpClient client) {
        invoke(SHUTDOWN_NOW, client);
    }

    static void close(HttpClient client) {
        invoke(CLOSE, client);
    }

    static boolean isTerminated(HttpClient client) {
        return Boolean.TRUE.equals(invoke(IS_TERMINATED, client));
    }

    /** Returns whether {@code client} has ended within {@code duration}; at once true where clients have no end. */
    static boolean awaitTermination(HttpClient client, Duration duration) throws InterruptedException {
        try {
            return AWAIT_TERMINATION == null || (boolean) AWAIT_TERMINATION.invoke(client, duration);
        } catch (InterruptedException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("HttpClient declares no other exception", e);
        }
    }

    static void localAddress(HttpClient.Builder builder, @Nullable InetAddress address) {
        if (LOCAL_ADDRESS == null) {
            throw new UnsupportedOperationException("local addresses came with JDK 19");
        }
        try {
            Object unused = LOCAL_ADDRESS.invoke(builder, address);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("HttpClient.Builder declares no checked exception", e);
        }
    }

    private static @Nullable Object invoke(@Nullable MethodHandle method, HttpClient client) {
        if (method == null) {
            return null;
        }
        try {
            return method.invoke(client);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("HttpClient declares no checked exception", e);
        }
    }
}
