package org.stratumj.examples;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.proxy.UpstreamChannel;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.service.Effect;
import org.stratumj.service.Link;
import org.stratumj.service.Sv2App;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2MiningClientHandler;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Upstream;

/// A mining proxy: a mining server and a mining client in one application. All miners share one extended channel at the
/// server above, of whose extranonces each gets a part.
///
/// ```text
/// miners ── Sv2 ──▶ mining server ── shares ──▶ mining client ── Sv2 ──▶ pool
///                                ◀── work ─────
/// ```
/// It ends when the server above is lost; `stratumj proxy` goes on with the next one.
public final class Sv2ProxyExample extends MinersHandler {
    static final Map<String, String> OPTIONS = Example.options(
            "listen=127.0.0.1:34255 to=127.0.0.1:3333 plain=false key-file= user=proxy shares-per-minute=20");

    /// As many bytes tell the miners' channels apart, and as many are left to each of them at least.
    private static final int INDEX_SIZE = 2;
    private static final int ROLLED_SIZE = 4;

    private final Link<ShareVerdict> shares;

    private Sv2ProxyExample(Example example, Work work, Link<ShareVerdict> shares) {
        super(example, work, Payout.NONE);
        this.shares = shares;
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, Sv2ProxyExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        Link<Work> work = new Link<>("work", 64);
        Link<ShareVerdict> shares = new Link<>("shares", 1024);
        var above = new Above(example, work);
        var below = new Sv2ProxyExample(example, Work.none(new ExtranonceSpace(Bytes.EMPTY, INDEX_SIZE, 16)), shares);
        Sv2ClientService client = Sv2ClientService.builder(example.network())
                .name("proxy-client")
                .mining(List.of(example.server()), above)
                .link(shares, above::passUp)
                .listener(example)
                .build();
        Sv2ServerService server = Sv2ServerService.builder(example.network())
                .name("proxy-server")
                .listen(example.listen())
                .security(example.security())
                .mining(below)
                .link(work, below::announce)
                .listener(example)
                .build();
        Sv2App app = Sv2App.of(client, server);
        app.start();
        example.say("listening on " + server.localAddress());
        return app::close;
    }

    @Override
    void onShare(ShareVerdict share) {
        if (share.isBlock()) {
            shares.offerUrgent(share);
        } else {
            shares.offer(share);
        }
    }

    /// The channel at the server above.
    private static final class Above implements Sv2MiningClientHandler {
        private final Example example;
        private final Link<Work> work;
        private volatile @Nullable Upstream<MiningToServer> server;
        private ClientChannels channels = new ClientChannels(MiningFlags.NONE);
        private @Nullable UpstreamChannel feed;

        Above(Example example, Link<Work> work) {
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
                case ClientEvent.SharesAccepted(var _, var count, var _) ->
                    example.say(count + " shares accepted above");
                case ClientEvent.ShareRefused(var _, var _, var code) ->
                    example.say("share refused above: " + code.text());
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
}
