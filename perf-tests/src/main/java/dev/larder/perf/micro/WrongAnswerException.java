package dev.larder.perf.micro;

/** Says that a call under measurement gave what it must not. Travels from the JVM that measures to the one that asked. */
final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongAnswerException(String message) {
        super(message);
    }
}
