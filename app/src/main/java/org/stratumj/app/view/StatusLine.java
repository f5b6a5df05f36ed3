package org.stratumj.app.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ShortHash;

/// One role as one plain line.
final class StatusLine {

    private StatusLine() {}

    static String of(RoleStatus status) {
        List<String> parts = new ArrayList<>();
        String place = status.url().isEmpty() ? status.addressShown() : status.url();
        if (!place.isEmpty()) {
            parts.add(place);
        }
        if (status.connections() > 0) {
            parts.add(counted(status.connections(), "connection"));
        }
        status.hashesPerSecond().ifPresent(rate -> parts.add(Figures.hashrate(rate)));
        if (status.sharesAccepted() > 0 || !status.sharesRejected().isEmpty()) {
            parts.add(counted(status.sharesAccepted(), "share"));
            parts.add(status.sharesRejectedInAll() + " rejected" + reasons(status));
        }
        if (status.blocksFound() > 0 || status.blocksAccepted() > 0) {
            parts.add(counted(status.blocksAccepted(), "block") + " accepted");
        }
        status.height().ifPresent(height -> parts.add("height " + height + " " + ShortHash.of(status.tip())));
        if (!status.note().isEmpty()) {
            parts.add(status.note());
        }
        return "status " + status.role() + ": " + (parts.isEmpty() ? "no news" : String.join(", ", parts));
    }

    /// ` (2 stale-share, 1 duplicate-share)`, or nothing.
    static String reasons(RoleStatus status) {
        return status.sharesRejected().isEmpty()
                ? ""
                : status.sharesRejected().entrySet().stream()
                        .map(reason -> reason.getValue() + " " + reason.getKey())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
