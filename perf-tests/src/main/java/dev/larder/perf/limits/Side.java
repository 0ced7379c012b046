package dev.larder.perf.limits;

/**
 * One of the two that are compared.
 *
 * <p>Opened anew for each repetition, and closed before it is the other's turn, so that neither pays for what the other
 * does in the background.
 */
@FunctionalInterface
interface Side {
    /** Opens whatever is worked on. */
    Session open() throws Exception;

    /** An open side. */
    interface Session extends AutoCloseable {
        /** Makes everything ready for so many operations that only what is to be measured is left to do. */
        Work prepare(long operations) throws Exception;

        @Override
        void close() throws Exception;
    }

    /** What is measured. Done once. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @throws LimitsException if a call failed or gave a wrong value
         */
        Sample run() throws Exception;
    }

    /** Opens what a side works on. */
    @FunctionalInterface
    interface Opening<T> {
        T open() throws Exception;
    }

    /** Makes ready what is done to what was opened. */
    @FunctionalInterface
    interface Preparation<T> {
        Work prepare(T opened, long operations) throws Exception;
    }

    /** Returns a side that works on one thing, which is closed after each repetition. */
    static <T extends AutoCloseable> Side of(Opening<T> opening, Preparation<T> preparation) {
        return () -> {
            T opened = opening.open();
            return new Session() {
                @Override
                public Work prepare(long operations) throws Exception {
                    return preparation.prepare(opened, operations);
                }

                @Override
                public void close() throws Exception {
                    opened.close();
                }
            };
        };
    }
}
