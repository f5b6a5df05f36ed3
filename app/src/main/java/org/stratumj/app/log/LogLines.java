package org.stratumj.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Log lines as people read them: time of day, level, part of the program, text. Control characters are
/// escaped, so that nothing a peer sent can move the cursor or forge a line.
final class LogLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private LogLines() {}

    static String line(ILoggingEvent event, ZoneId zone, boolean stackTraces) {
        String time = TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(zone));
        String head = "%s %-5s %s: %s"
                .formatted(time, level(event), part(event.getLoggerName()), printable(event.getFormattedMessage()));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown == null) {
            return head;
        }
        return head
                + (stackTraces
                        ? System.lineSeparator()
                                + ThrowableProxyUtil.asString(thrown).stripTrailing()
                        : ": " + thrown.getClassName() + ": " + printable(String.valueOf(thrown.getMessage())));
    }

    /// `org.stratumj.app.pool` is `pool` to an operator.
    static String part(String loggerName) {
        return loggerName.startsWith("org.stratumj.")
                ? loggerName.substring(loggerName.lastIndexOf('.') + 1)
                : loggerName;
    }

    static String printable(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append("\\x%02x".formatted(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static String level(ILoggingEvent event) {
        return event.getLevel().toString();
    }
}
