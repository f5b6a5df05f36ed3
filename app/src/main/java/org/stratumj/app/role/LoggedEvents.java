package org.stratumj.app.role;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stratumj.app.log.LineLimiter;
import org.stratumj.app.log.Logging;

/// Writes events to the log `org.stratumj.app.<role>`, so that a rejected share never goes without its reason. Peers
/// cause most of them, so their number is limited by kind, and by address where there is one. Block hashes are
/// shortened.
public final class LoggedEvents implements RoleEvents {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.%\\w]+\\]|[^\\s\\[\\]:]+):\\d+");

    private final LineLimiter limiter;
    private final LongSupplier nanoTime;

    /// Events for the log of this process.
    public LoggedEvents() {
        this(Logging.limiter(), System::nanoTime);
    }

    LoggedEvents(LineLimiter limiter, LongSupplier nanoTime) {
        this.limiter = limiter;
        this.nanoTime = nanoTime;
    }

    @Override
    public void on(RoleEvent event) {
        Logger log = System.getLogger("org.stratumj.app." + event.role());
        long now = nanoTime.getAsLong();
        limiter.summaries(now).forEach(line -> log.log(Level.WARNING, line));
        if (limiter.admit(event.role() + " " + kind(event), source(event), now)) {
            log.log(level(event), line(event));
        }
    }

    /// The hash and the target of a rejected share are there to be compared, so they stay whole.
    private static String line(RoleEvent event) {
        return event instanceof RoleEvent.ShareRejected ? event.text() : ShortHash.ofAllIn(event.text());
    }

    private static Level level(RoleEvent event) {
        return switch (event) {
            case RoleEvent.BlockRejected _ -> Level.ERROR;
            case RoleEvent.BlockOvertaken _,
                    RoleEvent.PeerWarning _,
                    RoleEvent.ShareRejected _,
                    RoleEvent.UpstreamFailed _,
                    RoleEvent.Warning _ -> Level.WARNING;
            case RoleEvent.BlockFound _,
                    RoleEvent.BlockAccepted _,
                    RoleEvent.TipChanged _,
                    RoleEvent.ConnectionUp _,
                    RoleEvent.ConnectionDown _,
                    RoleEvent.ConnectionRefused _,
                    RoleEvent.Note _ -> Level.INFO;
        };
    }

    /// What a summary calls such events.
    private static String kind(RoleEvent event) {
        return switch (event) {
            case RoleEvent.BlockRejected _ -> "rejected blocks";
            case RoleEvent.BlockOvertaken _ -> "overtaken blocks";
            case RoleEvent.BlockFound _ -> "found blocks";
            case RoleEvent.BlockAccepted _ -> "accepted blocks";
            case RoleEvent.ShareRejected _ -> "rejected shares";
            case RoleEvent.TipChanged _ -> "tips";
            case RoleEvent.ConnectionUp _, RoleEvent.ConnectionDown _, RoleEvent.ConnectionRefused _ -> "connections";
            case RoleEvent.UpstreamFailed _ -> "upstreams";
            case RoleEvent.PeerWarning _ -> "peers";
            case RoleEvent.Warning _ -> "warnings";
            case RoleEvent.Note _ -> "notes";
        };
    }

    /// The host of the peer, empty if the event has none.
    private static String source(RoleEvent event) {
        return switch (event) {
            case RoleEvent.ConnectionUp up -> host(up.peer());
            case RoleEvent.ConnectionDown down -> host(down.peer());
            case RoleEvent.ConnectionRefused refused -> host(refused.peer());
            case RoleEvent.ShareRejected rejected -> host(rejected.peer());
            case RoleEvent.PeerWarning warning -> host(warning.peer());
            default -> "";
        };
    }

    private static String host(String peer) {
        Matcher address = ADDRESS.matcher(peer);
        return address.find() ? address.group(1) : "";
    }
}
