package dev.larder.cache.sqlite.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * Passes on what Flyway has to say, one level lower than Flyway would: a store that opens is no news for the program
 * that opens it. Public because Flyway makes it by reflection.
 */
public final class FlywayLog implements LogCreator {
    /** Makes the creator. */
    public FlywayLog() {}

    @Override
    public Log createLogger(Class<?> owner) {
        return new Quiet(System.getLogger(owner.getName()));
    }

    private static final class Quiet implements Log {
        private final Logger logger;

        Quiet(Logger logger) {
            this.logger = logger;
        }

        @Override
        public void debug(String message) {
            logger.log(Level.TRACE, message);
        }

        @Override
        public void info(String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void notice(String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void warn(String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void error(String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void error(String message, Exception cause) {
            logger.log(Level.DEBUG, message, cause);
        }
    }
}
