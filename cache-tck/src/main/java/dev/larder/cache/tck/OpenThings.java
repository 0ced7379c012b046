package dev.larder.cache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The threads that run and the files that are open in this process at one moment: what a store may have left behind.
 * Files are seen where the system has {@code /proc}.
 */
record OpenThings(Set<Thread> threads, Set<String> files) {
    // Threads that the platform and the test engine start for everybody, whenever they are first needed.
    private static final List<String> EVERYBODYS_THREADS = List.of(
            "ForkJoinPool.commonPool-",
            "CompletableFutureDelayScheduler",
            "Common-Cleaner",
            "Cleaner-",
            "process reaper",
            "VirtualThread-",
            "ForkJoinPool-1-",
            "junit-",
            "surefire");

    static OpenThings now() {
        return new OpenThings(Set.copyOf(Thread.getAllStackTraces().keySet()), openFiles());
    }

    /** Fails if something is open that was not open in {@code before}. Threads get some time to end. */
    static void checkNothingIsLeftSince(OpenThings before) throws InterruptedException {
        long patienceEndsAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        Set<String> threads = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (before.threads.contains(thread) || EVERYBODYS_THREADS.stream().anyMatch(thread.getName()::startsWith)) {
                continue;
            }
            long patience = TimeUnit.NANOSECONDS.toMillis(patienceEndsAt - System.nanoTime());
            thread.join(Math.max(1, patience));
            if (thread.isAlive()) {
                threads.add(thread.getName());
            }
        }
        assertThat(threads).as("threads that outlive the store").isEmpty();
        Set<String> files = openFiles();
        files.removeAll(before.files);
        assertThat(files).as("files that stay open after the store").isEmpty();
    }

    private static Set<String> openFiles() {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return new HashSet<>();
        }
        Set<String> files = new HashSet<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                String file = target(descriptor);
                if (isData(file)) {
                    // With its number, because the same file may have been open before.
                    files.add(descriptor.getFileName() + " " + file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed since it was listed.
            return "";
        }
    }

    /** Returns whether a file is not one of those that the platform opens to load classes, or a pipe or device. */
    private static boolean isData(String file) {
        return file.startsWith("/")
                && !file.startsWith("/proc/")
                && !file.startsWith("/dev/")
                && !file.startsWith("/sys/")
                && !file.startsWith(System.getProperty("java.home"))
                && !file.endsWith(".jar")
                && !file.endsWith(".so");
    }
}
