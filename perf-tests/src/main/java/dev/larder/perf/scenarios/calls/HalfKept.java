package dev.larder.perf.scenarios.calls;

import dev.larder.perf.suite.Caller;
import dev.larder.perf.suite.Site;
import java.util.concurrent.atomic.LongAdder;

/** Makes callers of a site whose calls are for an answer that is kept, for new ones, or for both in turn. */
final class HalfKept {
    private static final String KEPT = "kept";

    private final Site site;
    private final LongAdder newOnes = new LongAdder();

    /** Has the site keep the answer. */
    HalfKept(Site site) throws Exception {
        this.site = site;
        site.keep(KEPT);
    }

    /** Returns a caller whose answer is kept. */
    Caller kept() {
        return iteration -> site.post(KEPT);
    }

    /** Returns a caller who asks what nobody has asked, as long as nobody else has its phase and number. */
    Caller fresh(String phase, int number) {
        return iteration -> {
            newOnes.increment();
            return site.post(phase + "-" + number + "-" + iteration);
        };
    }

    /** Returns a caller who does both in turn. */
    Caller both(String phase, int number) {
        Caller kept = kept();
        Caller fresh = fresh(phase, number);
        return iteration -> (iteration % 2 == 0 ? kept : fresh).call(iteration);
    }

    /** Returns how many calls were made for new answers since this was asked last. */
    long newOnes() {
        return newOnes.sumThenReset();
    }
}
