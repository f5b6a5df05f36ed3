package org.stratumj.app.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// The system's limit on open files of this process, of which each connection takes one.
final class OpenFiles {
    /// Files of the process itself: jars, logs, event loops, the node.
    static final int RESERVE = 256;

    private OpenFiles() {}

    /// Logs what to do if the limit is lower than so many connections need.
    static void warnUnlessEnoughFor(int connectionsMax) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            complaint(system.getMaxFileDescriptorCount(), connectionsMax)
                    .ifPresent(line -> System.getLogger("org.stratumj.app.cli").log(Level.WARNING, line));
        }
    }

    static Optional<String> complaint(long limit, int connectionsMax) {
        long needed = (long) connectionsMax + RESERVE;
        return limit >= needed
                ? Optional.empty()
                : Optional.of("this process may open " + limit + " files, and --connections-max " + connectionsMax
                        + " needs " + needed + ": raise it with 'ulimit -n " + needed
                        + "' (systemd: LimitNOFILE=" + needed + "), or lower --connections-max");
    }
}
