package org.stratumj.app.pool;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.channels.server.ServerChannel;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.ErrorCode;

/// Tells of the refused shares of one connection: of the first few one by one, of the others that come until the
/// next [#flush] in one line with their reasons, so that nobody can fill the log. For one thread at a time.
final class RefusedShares {
    /// Shares told of one by one between two calls of [#flush].
    static final int LINES_MAX = 10;

    private final ConnectionId connection;
    private final RoleEvents events;
    private final Map<ErrorCode, Long> others = new EnumMap<>(ErrorCode.class);
    private int lines;

    RefusedShares(ConnectionId connection, RoleEvents events) {
        this.connection = connection;
        this.events = events;
    }

    /// One more.
    ///
    /// @param channel empty if there is no such channel
    void add(ShareVerdict verdict, ErrorCode code, Optional<ServerChannel> channel) {
        if (lines >= LINES_MAX) {
            others.merge(code, 1L, Long::sum);
            return;
        }
        lines++;
        String name = "channel " + verdict.channelId() + " of " + connection
                + channel.map(open -> ", " + open.userIdentity().text()).orElse("");
        events.on(new RoleEvent.ShareRejected(PoolRole.NAME, name, code.code(), detail(verdict, channel)));
    }

    /// Tells of those not told of yet, and begins anew.
    void flush() {
        lines = 0;
        if (!others.isEmpty()) {
            String reasons = others.entrySet().stream()
                    .map(reason -> reason.getValue() + " " + reason.getKey().code())
                    .collect(Collectors.joining(", "));
            events.on(new RoleEvent.Note(PoolRole.NAME, "more shares rejected on " + connection + ": " + reasons));
            others.clear();
        }
    }

    private static String detail(ShareVerdict verdict, Optional<ServerChannel> channel) {
        String hashed = verdict.solution()
                .map(solution -> ", hash " + solution.hash() + ", time "
                        + solution.header().time() + ", version 0x"
                        + Long.toHexString(solution.header().version()))
                .orElse("");
        String wanted =
                channel.map(open -> ", difficulty " + (float) open.difficulty()).orElse("");
        return "sequence number " + verdict.sequenceNumber() + hashed + wanted;
    }
}
