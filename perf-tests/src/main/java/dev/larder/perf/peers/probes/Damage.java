package dev.larder.perf.peers.probes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Changes bytes of files behind the back of whoever has written them. */
final class Damage {
    private Damage() {}

    /** Changes a byte in every place where {@code trace} stands in a file below {@code directory}; returns how many. */
    static int to(Path directory, byte[] trace) throws IOException {
        List<Path> files;
        try (Stream<Path> below = Files.walk(directory)) {
            files = below.filter(Files::isRegularFile).toList();
        }
        int places = 0;
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            int before = places;
            for (int at = indexOf(bytes, trace, 0); at >= 0; at = indexOf(bytes, trace, at + trace.length)) {
                bytes[at + trace.length / 2] ^= (byte) 0xff;
                places++;
            }
            if (places > before) {
                Files.write(file, bytes);
            }
        }
        return places;
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int at = from; at <= bytes.length - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && bytes[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
