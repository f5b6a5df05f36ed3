package org.stratumj.examples;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.channels.share.Solution;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.service.Effect;
import org.stratumj.service.Link;
import org.stratumj.service.Sv2App;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Upstream;
import org.stratumj.service.adapter.TemplateDistributionClientAdapter;

/// A solo ("lottery") mining server: a mining server and a template client in one application. Whoever's miner
/// finds the block, the whole reward goes to one address.
///
/// ```text
/// miners ── Sv2 ──▶ mining server ── blocks ──▶ template client ── Sv2 ──▶ template provider
///                                ◀── work ────
/// ```
public final class SoloServerExample extends MinersHandler {
    static final Map<String, String> OPTIONS = Example.options(
            "listen=127.0.0.1:3333 to=127.0.0.1:8442 plain=false key-file= address= network=signet tag=solo "
                    + "shares-per-minute=20");

    private static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.EMPTY, 2, 16);

    private final Example example;
    private final Link<SubmitSolution> blocks;

    private SoloServerExample(Example example, Payout payout, Link<SubmitSolution> blocks) {
        super(example, Work.none(SPACE), payout);
        this.example = example;
        this.blocks = blocks;
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, SoloServerExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        Payout payout = example.payout();
        Link<Work> work = new Link<>("work", 64);
        Link<SubmitSolution> blocks = new Link<>("blocks", 64);
        var server = new SoloServerExample(example, payout, blocks);
        var templates = new Templates(example, payout, work);
        Sv2ClientService below = Sv2ClientService.builder(example.network())
                .name("template-client")
                .templateDistribution(List.of(example.server()), templates)
                .link(blocks, templates::submit)
                .listener(example)
                .build();
        Sv2ServerService above = Sv2ServerService.builder(example.network())
                .name("solo-server")
                .listen(example.listen())
                .security(example.security())
                .mining(server)
                .link(work, server::announce)
                .listener(example)
                .build();
        Sv2App app = Sv2App.of(below, above);
        app.start();
        example.listening(above.localAddress());
        return app::close;
    }

    @Override
    void onShare(ShareVerdict share) {
        share.block().flatMap(Solution::toTemplateProvider).ifPresent(block -> {
            example.say("block " + share.solution().orElseThrow().hash() + " found");
            blocks.offerUrgent(block);
        });
    }

    /// Makes work of templates, and brings blocks back.
    private static final class Templates extends TemplateDistributionClientAdapter {
        private final Example example;
        private final CoinbaseOutputConstraints constraints;
        private final JobFactory jobs;
        private final Link<Work> work;
        private volatile @Nullable Upstream<TemplateToServer> provider;

        Templates(Example example, Payout payout, Link<Work> work) {
            this.example = example;
            this.work = work;
            constraints = new CoinbaseOutputConstraints(payout.serializedSize(), 4);
            jobs = new JobFactory(SPACE, PoolTag.of(example.text("tag")), payout, true);
        }

        /// A block was found. On the service's lane; the connection has one of its own.
        void submit(SubmitSolution block) {
            Upstream<TemplateToServer> up = provider;
            if (up == null) {
                example.say("a block is lost: there is no template provider");
            } else {
                up.lane().execute(() -> up.send(block));
            }
        }

        @Override
        public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
            provider = upstream;
            jobs.onNewProvider();
            return Effect.reply(constraints);
        }

        @Override
        public void onDown(CloseReason reason) {
            provider = null;
        }

        @Override
        protected Effect<TemplateToServer> onNewTemplate(NewTemplate template) {
            try {
                return Effect.tell(work, jobs.onNewTemplate(template));
            } catch (PeerViolationException e) {
                return Effect.close(new CloseReason.ProtocolViolation(String.valueOf(e.getMessage())));
            }
        }

        @Override
        protected Effect<TemplateToServer> onSetNewPrevHash(SetNewPrevHash message) {
            try {
                Work next = jobs.onSetNewPrevHash(message);
                example.say("work on " + next.tip().orElseThrow().prevHash());
                return Effect.tell(work, next);
            } catch (PeerViolationException e) {
                return Effect.close(new CloseReason.ProtocolViolation(String.valueOf(e.getMessage())));
            }
        }
    }
}
