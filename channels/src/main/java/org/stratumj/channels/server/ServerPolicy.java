package org.stratumj.channels.server;

import org.stratumj.channels.share.SharePolicy;
import org.stratumj.channels.vardiff.VardiffPolicy;

/// What a server grants each connection.
///
/// @param channelsMax channels that one connection may have open
/// @param targets     targets of channels
/// @param shares      checks and acknowledgements of shares
/// @param vardiff     how targets follow the shares that come in
public record ServerPolicy(int channelsMax, TargetPolicy targets, SharePolicy shares, VardiffPolicy vardiff) {
    /// A thousand channels per connection, and the defaults of each part.
    public static final ServerPolicy DEFAULT =
            new ServerPolicy(1000, TargetPolicy.DEFAULT, SharePolicy.DEFAULT, VardiffPolicy.DEFAULT);

    /// @throws IllegalArgumentException if no channel could be opened
    public ServerPolicy {
        if (channelsMax < 1) {
            throw new IllegalArgumentException(channelsMax + " channels per connection");
        }
    }

    /// This policy with other targets.
    public ServerPolicy withTargets(TargetPolicy other) {
        return new ServerPolicy(channelsMax, other, shares, vardiff);
    }

    /// This policy with other checks and acknowledgements of shares.
    public ServerPolicy withShares(SharePolicy other) {
        return new ServerPolicy(channelsMax, targets, other, vardiff);
    }
}
