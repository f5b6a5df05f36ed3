package org.stratumj.app.process;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes over the log lines of another process of this program into the log of this one, each at its level. Any other
/// line of its standard error is a warning.
final class ChildLog {
    private static final Pattern LINE =
            Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (ERROR|WARN|INFO|DEBUG) +([\\w-]+): (.*)");
    private static final Map<String, Level> LEVELS =
            Map.of("ERROR", Level.ERROR, "WARN", Level.WARNING, "INFO", Level.INFO, "DEBUG", Level.DEBUG);

    /// Of the JVM, about the module that the command line asks for.
    private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

    private final String role;

    ChildLog(String role) {
        this.role = role;
    }

    void accept(String line) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches()) {
            log(parts.group(2)).log(LEVELS.getOrDefault(parts.group(1), Level.INFO), parts.group(3));
        } else if (!line.equals(INCUBATOR)) {
            log(role).log(Level.WARNING, line);
        }
    }

    private static System.Logger log(String part) {
        return System.getLogger("org.stratumj.app." + part);
    }
}
