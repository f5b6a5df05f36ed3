package org.stratumj.app.mining;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.connection.PeerInfo;

/// Tells of the refused shares of one connection: of the first few one by one, of the others that come until
/// the next [#flush] in one line with their reasons, so that nobody can fill the log. For one thread at a time.
public final class RefusedShares {
    /// Shares told of one by one between two calls of [#flush].
    static final int LINES_MAX = 10;

    /// The most reasons told apart, since an upstream can make them up.
    static final int REASONS_MAX = 32;

    private static final String OTHER = "for other reasons";

    private final String role;
    private final String peer;
    private final String connection;
    private final RoleEvents events;
    private final Map<String, Long> others = new TreeMap<>();
    private int lines;

    /// @param role       as the role's name
    /// @param peer       the address of the other end
    /// @param connection names it in the log
    public RefusedShares(String role, String peer, String connection, RoleEvents events) {
        this.role = role;
        this.peer = peer;
        this.connection = connection;
        this.events = events;
    }

    /// One more.
    ///
    /// @param line what there is to tell of it
    public void add(String code, Supplier<RoleEvent.ShareRejected> line) {
        if (lines < LINES_MAX) {
            lines++;
            events.on(line.get());
        } else {
            boolean known = others.containsKey(code) || others.size() < REASONS_MAX;
            others.merge(known ? code : OTHER, 1L, Long::sum);
        }
    }

    /// Tells of those not told of yet, and begins anew.
    public void flush() {
        lines = 0;
        if (!others.isEmpty()) {
            String reasons = others.entrySet().stream()
                    .map(reason -> reason.getValue() + " " + PeerInfo.shown(reason.getKey()))
                    .collect(Collectors.joining(", "));
            events.on(new RoleEvent.PeerWarning(role, peer, "more shares rejected on " + connection + ": " + reasons));
            others.clear();
        }
    }
}
