package dev.larder.perf.peers.probes;

import org.jspecify.annotations.Nullable;

/**
 * What a probe has found out about a subject.
 *
 * @param verdict in a few words
 * @param evidence what was seen
 * @param wrong whether one of ours must not do that
 */
record Finding(String verdict, String evidence, boolean wrong) {
    /** Asks something of a subject. */
    @FunctionalInterface
    interface Asking {
        Finding ask() throws Exception;
    }

    static Finding good(String verdict, String evidence) {
        return new Finding(verdict, evidence, false);
    }

    static Finding bad(String verdict, String evidence) {
        return new Finding(verdict, evidence, true);
    }

    /** Returns the result of asking {@code subject}, whatever happens meanwhile. */
    static ProbeResult about(Subject subject, Probe probe, Asking asking) throws InterruptedException {
        long began = System.nanoTime();
        Finding finding;
        try {
            finding = Limited.call(asking::ask);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            finding = bad("fails", message(e));
        }
        String fault =
                finding.wrong && subject.isOurs() ? finding.verdict + ", which it must not: " + finding.evidence : null;
        return new ProbeResult(
                subject.choice(), probe, finding.verdict, finding.evidence, System.nanoTime() - began, fault);
    }

    /** Returns the message of the innermost cause, in one line: what a library says, not what was said about it. */
    static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        @Nullable String message = cause.getMessage();
        String line = message == null || message.isBlank()
                ? cause.toString()
                : message.lines().findFirst().orElse("");
        return cause.getClass().getSimpleName() + ": " + line.strip();
    }
}
