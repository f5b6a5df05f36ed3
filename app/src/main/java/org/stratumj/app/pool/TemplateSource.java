package org.stratumj.app.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.block.BlockKeeper;
import org.stratumj.app.block.Fate;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.OutPoint;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.SigOps;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxIn;
import org.stratumj.bitcoin.Witness;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.JobOrigin;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Lane;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.Effect;
import org.stratumj.service.Link;
import org.stratumj.service.Sv2TemplateDistributionClientHandler;
import org.stratumj.service.Upstream;

/// The pool towards its template provider: makes jobs of templates once for all miners, and brings found blocks
/// back. Spec: 07.
final class TemplateSource implements Sv2TemplateDistributionClientHandler {
    /// How long a provider may take to give its first template before another is tried, if there is one. One that
    /// works answers at once.
    static final Duration TEMPLATE_DEADLINE = Duration.ofSeconds(10);

    private final JobFactory jobs;
    private final boolean hasAlternatives;
    private final CoinbaseOutputConstraints constraints;
    private final ExtranonceLeases leases;
    private final FoundBlocks blocks;
    private final BlockKeeper keeper;
    private final TemplateNetwork network;
    private final Payout payout;
    private final Link<NewWork> toPool;
    private final RoleEvents events;
    private volatile @Nullable Upstream<TemplateToServer> upstream;
    private volatile Optional<ChainHead> head = Optional.empty();
    private long futureHeight;
    private Optional<Lane.Scheduled> deadline = Optional.empty();

    /// The tip of the chain as templates tell of it.
    ///
    /// @param height of the tip, 0 if the coinbase of the template does not say
    record ChainHead(long height, Hash256 hash) {}

    TemplateSource(
            JobFactory jobs,
            PoolConfig config,
            ExtranonceLeases leases,
            FoundBlocks blocks,
            BlockKeeper keeper,
            Link<NewWork> toPool,
            RoleEvents events) {
        this.jobs = jobs;
        this.hasAlternatives = config.templateProviders().size() > 1;
        this.constraints = constraints(config.payout());
        this.leases = leases;
        this.blocks = blocks;
        this.keeper = keeper;
        network = new TemplateNetwork(config.network());
        payout = config.payout();
        this.toPool = toPool;
        this.events = events;
    }

    /// The room that this payout needs in a coinbase. Spec: 07 §7.1.
    static CoinbaseOutputConstraints constraints(Payout payout) {
        Transaction coinbase = new Transaction(
                2, List.of(new TxIn(OutPoint.NULL, Script.EMPTY, 0, Witness.EMPTY)), payout.outputs(0), 0);
        return new CoinbaseOutputConstraints(payout.serializedSize(), SigOps.legacyCost(coinbase));
    }

    /// The tip; empty before the first template. Any thread.
    Optional<ChainHead> head() {
        return head;
    }

    @Override
    public long requestedFlags() {
        return 0; // none are defined. Spec: 07 §7
    }

    @Override
    public long acceptedServerFlags() {
        return 0;
    }

    @Override
    public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> connected) {
        upstream = connected;
        jobs.onNewProvider();
        if (hasAlternatives) {
            CloseReason late = new CloseReason.Local("no template within " + TEMPLATE_DEADLINE.toSeconds() + " s");
            deadline = Optional.of(connected.lane().schedule(() -> connected.close(late), TEMPLATE_DEADLINE));
        }
        List<TemplateToServer> messages = new ArrayList<>();
        messages.add(constraints);
        messages.addAll(unsubmitted(connected));
        return Effect.reply(messages);
    }

    @Override
    public Effect<TemplateToServer> onMessage(TemplateToClient message) {
        try {
            return switch (message) {
                case NewTemplate template -> onTemplate(template);
                case SetNewPrevHash prevHash -> onPrevHash(prevHash);
                case RequestTransactionDataSuccess _, RequestTransactionDataError _ -> Effect.none(); // never asked for
            };
        } catch (PeerViolationException e) {
            return Effect.close(new CloseReason.ProtocolViolation(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void onDown(CloseReason reason) {
        upstream = null;
        deadline.ifPresent(Lane.Scheduled::cancel);
    }

    /// A block was added to [FoundBlocks]. Any thread.
    void onFound(FoundBlock block) {
        if (upstream == null) {
            note("block " + block.hash() + " waits for the template provider");
        }
        submitWaiting();
    }

    /// Submits what this connection has not taken yet; without a connection, the next one begins with that. Any
    /// thread.
    void submitWaiting() {
        Upstream<TemplateToServer> up = upstream;
        if (up != null) {
            // Dropped if the connection is gone meanwhile; the blocks then go out on the next one.
            up.lane().execute(() -> unsubmitted(up).forEach(up::send));
        }
    }

    private List<TemplateToServer> unsubmitted(Upstream<TemplateToServer> up) {
        List<TemplateToServer> messages = new ArrayList<>();
        for (FoundBlock block : blocks.takeUnsubmitted(up.info().id())) {
            OptionalLong later = jobs.laterTemplateId(block.jobId());
            messages.add(later.isPresent() ? block.message(later.getAsLong()) : block.message());
            note("block submitted: " + block.hash());
        }
        return messages;
    }

    private Effect<TemplateToServer> onTemplate(NewTemplate template) {
        Work work = jobs.onNewTemplate(template);
        if (template.futureTemplate()) {
            futureHeight = height(template);
            return Effect.tell(toPool, new NewWork(work));
        }
        return submitted(work);
    }

    private Effect<TemplateToServer> onPrevHash(SetNewPrevHash message) {
        Optional<String> foreign = network.contradiction(message.nBits());
        if (foreign.isPresent()) {
            warn("templates of the template provider are of no use: " + foreign.get());
            return Effect.close(new CloseReason.Local(foreign.get()));
        }
        network.doubt(message.nBits()).ifPresent(this::warn);
        long before = jobs.work().tipNumber();
        Work work = jobs.onSetNewPrevHash(message);
        deadline.ifPresent(Lane.Scheduled::cancel);
        if (work.tipNumber() != before) {
            Hash256 hash = Hash256.of(message.prevHash().bytes());
            onTip(new ChainHead(Math.max(0, futureHeight - 1), hash));
        } else {
            // The provider may know the template of the present jobs by a new id only.
            work.active().ifPresent(active -> blocks.submitAgain(active.id()));
        }
        return submitted(work);
    }

    /// Passes new work on, after the blocks that go with it.
    private Effect<TemplateToServer> submitted(Work work) {
        if (work.tip().isPresent() && work.active().isPresent()) {
            Job job = work.active().get().job(payout);
            if (job.origin() instanceof JobOrigin.Template(long first)) {
                long templateId = jobs.laterTemplateId(job.id()).orElse(first);
                blocks.offer(work.tip().get().prevHash(), job.merklePath(), templateId);
            }
        }
        return Effect.<TemplateToServer>reply(unsubmitted(Objects.requireNonNull(upstream)))
                .then(Effect.tell(toPool, new NewWork(work)));
    }

    private void onTip(ChainHead tip) {
        leases.newTip();
        head = Optional.of(tip);
        FoundBlocks.Outcome outcome = blocks.onTip(tip.hash());
        outcome.accepted().ifPresent(block -> {
            keeper.settle(block.hash(), Fate.ACCEPTED);
            events.on(new RoleEvent.BlockAccepted(PoolRole.NAME, block.hash().toString(), tip.height()));
        });
        outcome.overtaken()
                .forEach(block -> events.on(new RoleEvent.BlockOvertaken(
                        PoolRole.NAME, block.hash().toString(), "the chain went on with " + tip.hash())));
        outcome.gone().forEach(gone -> {
            keeper.settle(gone.block().hash(), Fate.GIVEN_UP);
            warn("block " + gone.block().hash() + " is given up: " + gone.reason());
        });
        events.on(
                new RoleEvent.TipChanged(PoolRole.NAME, tip.height(), tip.hash().toString()));
    }

    /// The height of the template's block, which its coinbase begins with (BIP34).
    private static long height(NewTemplate template) {
        return Coinbase.height(Script.of(template.coinbasePrefix().bytes())).orElse(0);
    }

    private void warn(String text) {
        events.on(new RoleEvent.Warning(PoolRole.NAME, text));
    }

    private void note(String text) {
        events.on(new RoleEvent.Note(PoolRole.NAME, text));
    }
}
