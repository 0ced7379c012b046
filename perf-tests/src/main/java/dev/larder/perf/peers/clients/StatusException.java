package dev.larder.perf.peers.clients;

import java.io.IOException;

/** Says that an answer has a status other than 200. */
public final class StatusException extends IOException {
    private static final long serialVersionUID = 1;

    /** The status. */
    private final int status;

    StatusException(int status) {
        super("status " + status);
        this.status = status;
    }

    /** Returns the status. */
    public int status() {
        return status;
    }
}
