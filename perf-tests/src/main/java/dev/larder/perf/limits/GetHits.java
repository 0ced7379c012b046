package dev.larder.perf.limits;

import dev.larder.perf.peers.clients.FreshPages;
import dev.larder.perf.peers.clients.Getter;
import java.util.ArrayList;
import java.util.List;

/** GETs of fresh pages that are kept: any client with a cache beside any other. */
final class GetHits {
    private final Origin origin;
    private final int kept;

    /** A prepared GET, and what must come back. */
    private record Known(Getter.Get get, byte[] answer) {
        boolean isRight() throws Exception {
            return Hits.isRight(answer, get.send());
        }
    }

    /**
     * @param origin has {@link FreshPages}
     * @param kept how many of them
     */
    GetHits(Origin origin, int kept) {
        this.origin = origin;
        this.kept = kept;
    }

    /**
     * Returns the side of a client.
     *
     * @param times how many calls it makes where the other side makes one: a side that is a lot faster would otherwise
     *     be measured for a moment only
     */
    Side side(Side.Opening<Getter> opening, int callers, int times) {
        return Side.of(opening, (getter, operations) -> {
            List<Known> all = new ArrayList<>();
            for (int i = 0; i < kept; i++) {
                all.add(new Known(getter.prepare(origin.uri(FreshPages.path(i))), FreshPages.body(i)));
            }
            Hits.fill(origin, () -> Hits.callAll(all, 0, kept, Known::isRight));
            long calls = operations * times;
            return Hits.work(
                    origin, callers, calls, caller -> Hits.callAll(all, caller, calls / callers, Known::isRight));
        });
    }
}
