package org.stratumj.app.process;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.stratumj.app.role.RoleStatus;

/// What the roles of a process came to over all its lives: counts go on from the last word of the life before. What a
/// process that was killed had not told yet is not in them. Any thread.
final class Lives {
    private final Map<String, RoleStatus> before = new HashMap<>();
    private final Map<String, RoleStatus> all = new HashMap<>();

    /// The present process tells of one of its roles.
    ///
    /// @return the same over all lives
    synchronized RoleStatus report(RoleStatus present) {
        RoleStatus earlier = before.getOrDefault(present.role(), none(present.role()));
        RoleStatus sum = sum(earlier, present);
        all.put(present.role(), sum);
        return sum;
    }

    /// The present process has ended.
    ///
    /// @param why one line
    synchronized void end(String why) {
        all.replaceAll((_, status) -> withoutLife(status, why));
        before.putAll(all);
    }

    /// A role over all lives.
    synchronized RoleStatus status(String role) {
        return all.getOrDefault(role, none(role));
    }

    private static RoleStatus none(String role) {
        return RoleStatus.of(role).build();
    }

    private static RoleStatus sum(RoleStatus earlier, RoleStatus present) {
        Map<String, Long> rejected = new TreeMap<>(earlier.sharesRejected());
        present.sharesRejected().forEach((code, count) -> rejected.merge(code, count, Long::sum));
        RoleStatus.Builder sum = RoleStatus.of(present.role())
                .address(present.address())
                .connections(present.connections())
                .shares(earlier.sharesAccepted() + present.sharesAccepted(), rejected)
                .blocks(
                        earlier.blocksFound() + present.blocksFound(),
                        earlier.blocksAccepted() + present.blocksAccepted())
                .note(present.note());
        present.hashesPerSecond().ifPresent(sum::hashesPerSecond);
        // A role that has no work yet still shows the tip of the life before.
        RoleStatus tip = present.height().isPresent() ? present : earlier;
        tip.height().ifPresent(height -> sum.tip(height, tip.tip()));
        return sum.build();
    }

    /// The counts and the tip stay.
    private static RoleStatus withoutLife(RoleStatus status, String why) {
        RoleStatus.Builder ended = RoleStatus.of(status.role())
                .address(status.address())
                .shares(status.sharesAccepted(), status.sharesRejected())
                .blocks(status.blocksFound(), status.blocksAccepted())
                .note(why);
        status.height().ifPresent(height -> ended.tip(height, status.tip()));
        return ended.build();
    }
}
