package org.stratumj.connection.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.stratumj.connection.LaneGuard;

/// The last handler of a listening socket: reports that connections cannot be accepted, once per [#REPORTED_EVERY].
/// Netty stops accepting for a second after each such failure and then goes on.
final class AcceptFailures extends ChannelInboundHandlerAdapter {
    static final Duration REPORTED_EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger("org.stratumj.connection");

    private final String where;
    private final LaneGuard guard;
    private long failures;
    private long reportedAt;

    AcceptFailures(String where, LaneGuard guard) {
        this.where = where;
        this.guard = guard;
        line(new IOException("rehearsal")); // loads what a line needs while there are files to load it from
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof VirtualMachineError) {
            guard.failed("listener at " + where, cause);
            return;
        }
        failures++;
        long now = System.nanoTime();
        if (failures == 1 || now - reportedAt >= REPORTED_EVERY.toNanos()) {
            reportedAt = now;
            LOG.log(Level.WARNING, line(cause));
        }
    }

    private String line(Throwable cause) {
        return "cannot accept connections at " + where + ": " + Failures.text(cause) + " (" + failures
                + " times so far); if files are exhausted, raise 'ulimit -n' or lower the limit on connections";
    }
}
