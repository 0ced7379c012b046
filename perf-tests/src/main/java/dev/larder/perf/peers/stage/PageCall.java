package dev.larder.perf.peers.stage;

import dev.larder.perf.peers.clients.FreshPages;
import dev.larder.perf.peers.clients.Getter;
import dev.larder.perf.suite.Call;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A GET of one page, and what must come of it. */
final class PageCall implements Call {
    private final Getter.Get get;
    private final byte[] expected;
    private byte @Nullable [] body;

    private PageCall(Getter.Get get, byte[] expected) {
        this.get = get;
        this.expected = expected;
    }

    static PageCall of(Getter getter, URI origin, int number) {
        return new PageCall(getter.prepare(origin.resolve(FreshPages.path(number))), FreshPages.body(number));
    }

    /** Returns another call of the same page, so that two callers do not share what came. */
    PageCall again() {
        return new PageCall(get, expected);
    }

    @Override
    public void make() throws Exception {
        body = get.send();
    }

    @Override
    public @Nullable String fault() {
        return Arrays.equals(body, expected) ? null : "a body that is not the page's";
    }
}
