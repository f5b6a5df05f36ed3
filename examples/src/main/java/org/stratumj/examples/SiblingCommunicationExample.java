package org.stratumj.examples;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.job.Work;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.Siblings;
import org.stratumj.service.Sv2App;
import org.stratumj.service.Sv2ClientEvent;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.service.Sv2ServerEvent;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Upstream;
import org.stratumj.service.adapter.TemplateDistributionClientAdapter;

/// Siblings: a mining server and a template client in one application that have each other handle events.
///
/// ```text
/// miner ── OpenExtendedMiningChannel ──▶ server ── event: ask for work ──────▶ client ──▶ template provider
/// miner ◀── job ──────────────────────── server ◀── event: send them this ─── client ◀── template provider
/// ```
/// Each miner has channel 1, and shares are acknowledged for nothing: [SoloServerExample] is the same with all that
/// belongs to it,
/// and with links in place of siblings.
public final class SiblingCommunicationExample {
    static final Map<String, String> OPTIONS =
            Example.options("listen=127.0.0.1:3333 to=127.0.0.1:8442 plain=false key-file=");

    private static final long CHANNEL = 1;
    private static final Payout PAYOUT = Payout.to(Script.P2WSH_OP_TRUE);
    private static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.EMPTY, 1, 16);

    private final Example example;
    private final Sv2ServerService server;
    private final Sv2ClientService client;

    private SiblingCommunicationExample(Example example) throws Exception {
        this.example = example;
        var siblings = new Siblings("example");
        server = Sv2ServerService.builder(example.network())
                .name("mining-server")
                .listen(example.listen())
                .security(example.security())
                .mining(new Miners())
                .sibling(siblings)
                .listener(example)
                .build();
        client = Sv2ClientService.builder(example.network())
                .name("template-client")
                .templateDistribution(List.of(example.server()), new Templates())
                .sibling(siblings)
                .listener(example)
                .build();
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, SiblingCommunicationExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        var siblings = new SiblingCommunicationExample(example);
        Sv2App app = Sv2App.of(siblings.client, siblings.server);
        app.start();
        example.listening(siblings.server.localAddress());
        return app::close;
    }

    private final class Miners implements Sv2MiningServerHandler {
        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
            return new Miner();
        }
    }

    private final class Miner extends UnpaidMiner {
        /// Opens the channel, then has the sibling ask for a template; what it answers goes to the miner by itself.
        @Override
        protected Effect<MiningToClient> onOpenExtendedMiningChannel(OpenExtendedMiningChannel request) {
            example.say(request.userIdentity().text() + " opens a channel");
            var constraints = new CoinbaseOutputConstraints(PAYOUT.serializedSize(), 0);
            server.handle(new Sv2ServerEvent.SendEventToSiblingClientService(
                            new Sv2ClientEvent.SendMessageToTemplateDistributionServer(constraints)))
                    .thenAccept(outcome -> example.say("the template client says: " + outcome));
            U256 target = U256.of(Target.DIFFICULTY_1.littleEndian());
            return Effect.reply(new OpenExtendedMiningChannelSuccess(
                    request.requestId(), CHANNEL, target, SPACE.rollableSize(), SPACE.extendedPrefix(0), CHANNEL + 1));
        }
    }

    private final class Templates extends TemplateDistributionClientAdapter {
        private final JobFactory jobs = new JobFactory(SPACE, PoolTag.NONE, PAYOUT, true);

        /// Nothing is asked for before somebody mines.
        @Override
        public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
            return Effect.none();
        }

        @Override
        protected Effect<TemplateToServer> onNewTemplate(NewTemplate template) {
            jobs.onNewTemplate(template);
            return Effect.none();
        }

        /// Has the sibling send the job to all miners, together with the tip that it is for.
        @Override
        protected Effect<TemplateToServer> onSetNewPrevHash(SetNewPrevHash message) {
            Work work = jobs.onSetNewPrevHash(message);
            Job job = work.active().orElseThrow().job(PAYOUT);
            List<MiningToClient> messages = List.of(
                    job.message(CHANNEL, OptionalLong.empty(), false),
                    new org.stratumj.protocol.mining.SetNewPrevHash(
                            CHANNEL, job.id(), message.prevHash(), message.headerTimestamp(), message.nBits()));
            var toMiners = new Sv2ServerEvent.SendMessagesToClients(server.peers().stream()
                    .map(miner -> new Sv2ServerEvent.SendMessagesToClient(miner.id(), messages))
                    .toList());
            client.handle(new Sv2ClientEvent.SendEventToSiblingServerService(toMiners))
                    .thenAccept(outcome -> example.say("the mining server says: " + outcome));
            return Effect.none();
        }
    }
}
