package org.stratumj.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// Sends the program's log lines to one place. Once per process, before anything logs.
public final class Logging {
    private static final LineLimiter LIMITER = new LineLimiter(System.nanoTime());

    private Logging() {}

    /// The limiter of all lines that a peer can cause.
    public static LineLimiter limiter() {
        return LIMITER;
    }

    /// Gives every line of `level` and above to `sink`, which may be called from any thread, lanes among them:
    /// it must neither block nor log. Lines of libraries at INFO and above are limited by logger and level;
    /// roles limit theirs by event ([org.stratumj.app.role.LoggedEvents]). DEBUG has all lines.
    ///
    /// @param stackTraces whether an exception is shown in full or in one line
    public static void to(Consumer<String> sink, LogLevel level, boolean stackTraces) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level wanted = Level.toLevel(level.name());
        root.setLevel(Level.WARN);
        context.getLogger("org.stratumj").setLevel(wanted);
        if (level == LogLevel.INFO) {
            // Roles tell of their connections and services themselves.
            context.getLogger("org.stratumj.connection").setLevel(Level.WARN);
            context.getLogger("org.stratumj.service").setLevel(Level.WARN);
        }

        SinkAppender appender = new SinkAppender(sink, ZoneId.systemDefault(), stackTraces);
        appender.setContext(context);
        appender.rehearse(root);
        appender.start();
        root.addAppender(appender);
    }

    private static final class SinkAppender extends AppenderBase<ILoggingEvent> {
        private static final String ROLES = "org.stratumj.app.";

        private final Consumer<String> sink;
        private final ZoneId zone;
        private final boolean stackTraces;

        SinkAppender(Consumer<String> sink, ZoneId zone, boolean stackTraces) {
            this.sink = sink;
            this.zone = zone;
            this.stackTraces = stackTraces;
        }

        @Override
        protected void append(ILoggingEvent event) {
            try {
                if (isUnlimited(event) || LIMITER.admit(kind(event), System.nanoTime())) {
                    sink.accept(LogLines.line(event, zone, stackTraces || event.getLevel() == Level.ERROR));
                }
            } catch (RuntimeException | LinkageError _) {
                // A log that fails must not end the thread that logs, such as one that accepts connections.
            }
        }

        /// Loads what a line needs, before files are exhausted and a class cannot be loaded any more.
        void rehearse(Logger logger) {
            LoggingEvent event = new LoggingEvent(
                    Logging.class.getName(), logger, Level.ERROR, "rehearsal", new IOException("rehearsal"), null);
            LogLines.line(event, zone, true);
            LogLines.line(event, zone, false);
            new LineLimiter(0).admit(kind(event), "no address", 0);
        }

        private static boolean isUnlimited(ILoggingEvent event) {
            return event.getLoggerName().startsWith(ROLES) || !event.getLevel().isGreaterOrEqual(Level.INFO);
        }

        private static String kind(ILoggingEvent event) {
            return LogLines.part(event.getLoggerName()) + " at " + event.getLevel();
        }
    }
}
