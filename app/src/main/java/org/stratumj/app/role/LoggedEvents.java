package org.stratumj.app.role;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Writes every event to the log `org.stratumj.app.<role>`, so that a rejected share never goes without its
/// reason. Block hashes are shortened.
public final class LoggedEvents implements RoleEvents {

    @Override
    public void on(RoleEvent event) {
        Logger log = System.getLogger("org.stratumj.app." + event.role());
        log.log(level(event), line(event));
    }

    /// The hash and the target of a rejected share are there to be compared, so they stay whole.
    private static String line(RoleEvent event) {
        return event instanceof RoleEvent.ShareRejected ? event.text() : ShortHash.ofAllIn(event.text());
    }

    private static Level level(RoleEvent event) {
        return switch (event) {
            case RoleEvent.BlockRejected _ -> Level.ERROR;
            case RoleEvent.BlockOvertaken _, RoleEvent.ShareRejected _, RoleEvent.Warning _ -> Level.WARNING;
            case RoleEvent.BlockFound _,
                    RoleEvent.BlockAccepted _,
                    RoleEvent.TipChanged _,
                    RoleEvent.ConnectionUp _,
                    RoleEvent.ConnectionDown _,
                    RoleEvent.Note _ -> Level.INFO;
        };
    }
}
