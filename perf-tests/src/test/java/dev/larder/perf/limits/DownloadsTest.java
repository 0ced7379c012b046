package dev.larder.perf.limits;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.perf.upstream.Page;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DownloadsTest {
    private static void read(Page page) throws IOException, InterruptedException {
        Origin origin = Origin.of(path -> page);
        try (origin) {
            Downloads.announced(origin).read(origin.client(), bytes -> {});
        }
    }

    @Test
    void downloadThatEndsTooSoonIsAFailure() {
        Page page = Downloads.page("/any");

        assertThatThrownBy(() -> read(new Page("", page.block(), page.block().length, true)))
                .isInstanceOf(EOFException.class)
                .hasMessage("the download ended before 100000000 bytes");
    }

    @Test
    void downloadOfSomethingElseIsAFailure() {
        Page page = Downloads.page("/any");
        byte[] other = page.block().clone();
        other[other.length - 1]++;

        assertThatThrownBy(() -> read(new Page("", other, page.length(), true)))
                .isInstanceOf(IOException.class)
                .hasMessage("the download is wrong behind byte 0");
    }
}
