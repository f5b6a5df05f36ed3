package org.stratumj.channels.client;

import org.stratumj.bitcoin.Target;
import org.stratumj.protocol.wire.Str0255;

/// What a message of the server means to the client.
public sealed interface ClientEvent {
    /// A channel is open.
    ///
    /// @param requestId the request it answers, U32
    record Opened(ClientChannel channel, long requestId) implements ClientEvent {}

    /// A channel was not opened.
    ///
    /// @param requestId the request it answers, U32
    /// @param code      why, free text
    record OpenRefused(long requestId, Str0255 code) implements ClientEvent {}

    /// A job came that waits for a coming tip.
    record FutureJob(ClientChannel channel, MiningJob job) implements ClientEvent {}

    /// There is other work to hash, at once.
    ///
    /// @param newTip whether all earlier jobs are stale; else their shares are still good
    record WorkChanged(ClientChannel channel, MiningWork work, boolean newTip) implements ClientEvent {}

    /// The channel's target changed; it holds for later jobs, and may for the present one.
    ///
    /// @param target as announced
    record TargetChanged(ClientChannel channel, Target target) implements ClientEvent {}

    /// Later jobs come with another extranonce prefix.
    record PrefixChanged(ClientChannel channel) implements ClientEvent {}

    /// The server accepted shares.
    ///
    /// @param count      how many, as it says
    /// @param difficulty the sum of what they were credited, as it says; unsigned
    record SharesAccepted(ClientChannel channel, long count, long difficulty) implements ClientEvent {}

    /// The server refused a share.
    ///
    /// @param sequenceNumber the share, U32
    /// @param code           why, free text
    record ShareRefused(ClientChannel channel, long sequenceNumber, Str0255 code) implements ClientEvent {}

    /// The server refused an update of the channel.
    ///
    /// @param code why, free text
    record UpdateRefused(ClientChannel channel, Str0255 code) implements ClientEvent {}

    /// The server closed the channel.
    ///
    /// @param reason free text
    record Closed(ClientChannel channel, Str0255 reason) implements ClientEvent {}

    /// The server will pay for a custom job.
    ///
    /// @param requestId the request it answers, U32
    /// @param jobId     for its shares, U32
    record CustomJobAccepted(ClientChannel channel, long requestId, long jobId) implements ClientEvent {}

    /// The server will not pay for a custom job.
    ///
    /// @param requestId the request it answers, U32
    /// @param code      why, free text
    record CustomJobRefused(ClientChannel channel, long requestId, Str0255 code) implements ClientEvent {}
}
