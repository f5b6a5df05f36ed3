package org.stratumj.examples;

import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.proxy.UpstreamChannel;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.service.Effect;
import org.stratumj.service.Link;
import org.stratumj.service.Sv2MiningClientHandler;
import org.stratumj.service.Upstream;

/// The proxy's channel at the server above, which all its miners share. Runs on the lane of that connection, but for
/// [#passUp].
final class SharedChannel implements Sv2MiningClientHandler {
    /// As many bytes tell the miners' channels apart, and as many are left to each of them at least.
    static final int INDEX_SIZE = 2;
    private static final int ROLLED_SIZE = 4;

    private final Example example;
    private final Link<Work> work;
    private volatile @Nullable Upstream<MiningToServer> server;
    private ClientChannels channels = new ClientChannels(MiningFlags.NONE);
    private @Nullable UpstreamChannel feed;

    SharedChannel(Example example, Link<Work> work) {
        this.example = example;
        this.work = work;
    }

    @Override
    public long requestedFlags() {
        return 0;
    }

    @Override
    public long acceptedServerFlags() {
        return MiningFlags.REQUIRES_EXTENDED_CHANNELS;
    }

    @Override
    public Effect<MiningToServer> onUp(Upstream<MiningToServer> upstream) {
        server = upstream;
        Str0255 user = Str0255.of(example.text("user"));
        return Effect.reply(channels.openExtended(user, 0, Target.MAX, INDEX_SIZE + ROLLED_SIZE));
    }

    @Override
    public Effect<MiningToServer> onMessage(MiningToClient message) {
        try {
            Effect<MiningToServer> effect = Effect.none();
            for (ClientEvent event : channels.on(message)) {
                effect = effect.then(on(event));
            }
            return effect;
        } catch (PeerViolationException e) {
            return Effect.close(new CloseReason.ProtocolViolation(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void onDown(CloseReason reason) {
        example.finish(false);
    }

    /// A miner found a share: up with it, if it is worth something there.
    void passUp(ShareVerdict share) {
        Upstream<MiningToServer> up = server;
        if (up != null) {
            up.lane().execute(() -> {
                if (feed != null) {
                    feed.forward(share, Tlvs.NONE).ifPresent(up::send);
                }
            });
        }
    }

    private Effect<MiningToServer> on(ClientEvent event) {
        switch (event) {
            case ClientEvent.Opened(var channel, var _) -> {
                example.say("channel " + channel.id() + " is open above");
                feed = new UpstreamChannel((ExtendedClientChannel) channel, INDEX_SIZE, 0);
            }
            case ClientEvent.OpenRefused(var _, var code) -> {
                return Effect.close(new CloseReason.Local("no channel: " + code.text()));
            }
            case ClientEvent.SharesAccepted(var _, var count, var _) -> example.say(count + " shares accepted above");
            case ClientEvent.ShareRefused(var _, var _, var code) -> example.say("share refused above: " + code.text());
            default -> {} // what else changes the work, the feed sees below
        }
        return feed == null
                ? Effect.none()
                : feed.on(event)
                        .filter(next -> next.active().isPresent())
                        .map(next -> Effect.<MiningToServer, Work>tell(work, next))
                        .orElseGet(Effect::none);
    }
}
