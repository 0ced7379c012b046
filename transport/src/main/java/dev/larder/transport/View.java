package dev.larder.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * How calls through a view of a client depart from those through the client itself.
 *
 * @param policies of the rules that come before the client's, the last one given first
 * @param bypass whether every call goes past the cache
 * @param refresh whether every call asks the upstream before anything kept is served
 */
record View(List<Policy> policies, boolean bypass, boolean refresh) {
    /** The client itself. */
    static final View NONE = new View(List.of(), false, false);

    View with(Policy policy) {
        List<Policy> all = new ArrayList<>();
        all.add(policy);
        all.addAll(policies);
        return new View(List.copyOf(all), bypass, refresh);
    }

    View bypassing() {
        return new View(policies, true, refresh);
    }

    View refreshing() {
        return new View(policies, bypass, true);
    }
}
