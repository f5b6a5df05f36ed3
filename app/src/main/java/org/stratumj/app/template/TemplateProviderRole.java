package org.stratumj.app.template;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.block.BlockDisk;
import org.stratumj.app.node.NodeRole;
import org.stratumj.app.node.NodeSpec;
import org.stratumj.app.node.ReserveNode;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleEnd;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStack;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ServerAddress;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.bitcoin.Network;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.Watch;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2ServiceException;

/// The template provider: hands the templates of a node to pools and job declarator clients, and brings their
/// blocks to it. Spec: 07.
public final class TemplateProviderRole implements Role {
    public static final String NAME = "template-provider";

    /// The largest payload a client sends: SubmitSolution with the largest coinbase, or a list of
    /// extensions.
    private static final int INBOUND_BYTES_MAX = 1 << 18;

    /// Four times the transactions of a full block, which RequestTransactionData.Success carries.
    private static final long OUTBOUND_BYTES_MAX = 16L << 20;

    /// Interval of log lines about a start that waits for the first template.
    private static final Duration WAITING_REPORT = Duration.ofSeconds(30);

    private static final Duration STOP_GRACE = Duration.ofMillis(700);

    private final TemplateProviderConfig config;
    private final ServerAddress address;
    private final NodeBackend node;
    private final RoleContext context;
    private final TemplateShelf shelf;
    private final Solutions solutions;
    private final TemplateProviderHandler handler;
    private final CompletableFuture<Void> firstTemplate = new CompletableFuture<>();
    private volatile @Nullable Watch watch;
    private volatile @Nullable Sv2ServerService server;
    private volatile String note = "";

    /// Takes an open node, which stays the caller's: templates come from it and blocks go to it.
    public TemplateProviderRole(TemplateProviderConfig config, NodeBackend node, RoleContext context) {
        this(config, node, Map.of(), context, NodeSubmitter::threads);
    }

    /// The same with more nodes that get found blocks, and threads of the caller's choice, as those of virtual time.
    ///
    /// @param reserves   by the names that the log has for them, in order
    /// @param submitting makes what brings blocks to a node, one for each; ended with this role
    public TemplateProviderRole(
            TemplateProviderConfig config,
            NodeBackend node,
            Map<String, BlockTaker> reserves,
            RoleContext context,
            Supplier<ScheduledExecutorService> submitting) {
        this.config = config;
        this.address = new ServerAddress(config.listen(), config.security());
        this.node = node;
        this.context = context;
        this.shelf =
                new TemplateShelf(context.clock(), context.network().random().nextInt(TemplateShelf.BEGINNINGS));
        Map<String, BlockTaker> nodes = new LinkedHashMap<>(Map.of("node", node::submit));
        nodes.putAll(reserves);
        this.solutions = new Solutions(
                NAME,
                shelf,
                node.network(),
                nodes,
                BlockDisk.of(
                        NAME,
                        config.blocksDirectory(),
                        PendingBlock.EXTENSION,
                        PendingBlock.FILE_BYTES_MAX,
                        context.events()),
                context.events(),
                context.clock(),
                submitting);
        this.handler = new TemplateProviderHandler(shelf, solutions, context.events(), config.coinbaseWitness());
    }

    /// Starts further nodes on `roles`, and a template provider on top of them.
    ///
    /// @param first    a started node: templates come from it
    /// @param reserves get found blocks, as the first does
    public static TemplateProviderRole start(
            TemplateProviderConfig config,
            NodeRole first,
            List<NodeSpec> reserves,
            RoleContext context,
            RoleStack roles) {
        Map<String, BlockTaker> takers = new LinkedHashMap<>();
        for (NodeSpec spec : reserves) {
            int number = takers.size() + 2;
            Network network = first.backend().network();
            ReserveNode reserve = roles.start(new ReserveNode(number, spec, network, context));
            takers.put(reserve.name(), reserve::submit);
        }
        return roles.start(new TemplateProviderRole(config, first.backend(), takers, context, NodeSubmitter::threads));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        try {
            solutions.resume();
            watch = node.watch(config.watch(), new FromNode());
            awaitFirstTemplate();
            Sv2ServerService service = Sv2ServerService.builder(context.network())
                    .name(NAME)
                    .metrics(context.metrics().apply(NAME))
                    .listen(config.listen())
                    .security(config.security())
                    .limits(config.limits()
                            .with(change ->
                                    change.payloadBytesMax(INBOUND_BYTES_MAX).outboundBytesMax(OUTBOUND_BYTES_MAX)))
                    .templateDistribution(handler)
                    .listener(new ServiceEvents(NAME, context.events()))
                    .build();
            service.start();
            address.bind(service.localAddress());
            context.events().on(new RoleEvent.Note(NAME, address.announcement()));
            server = service;
        } catch (Sv2ServiceException | NodeException e) {
            close();
            throw new RoleException(String.valueOf(e.getMessage()), e);
        } catch (RoleException e) {
            close();
            throw e;
        }
    }

    @Override
    public Optional<InetSocketAddress> localAddress() {
        return Optional.ofNullable(server).map(Sv2ServerService::localAddress);
    }

    @Override
    public RoleStatus status() {
        RoleStatus.Builder status = RoleStatus.of(NAME)
                .server(address)
                .connections(handler.peers())
                .blocks(solutions.found(), solutions.accepted())
                .note(note);
        return shelf.current()
                .map(edition -> status.tip(
                        edition.full().height() - 1, edition.full().prevHash().toString()))
                .orElse(status)
                .build();
    }

    @Override
    public void close() {
        RoleEnd.await(NAME, shutdown(), STOP_GRACE.plusMillis(200));
        solutions.close();
    }

    /// What [#close] does first, without waiting for the end: no more templates, connections closed. Any thread.
    ///
    /// @return done when the last connection is closed; [#close] is quick then
    public CompletionStage<?> shutdown() {
        Watch watching = watch;
        watch = null;
        if (watching != null) {
            watching.close();
        }
        Sv2ServerService service = server;
        if (service == null) {
            return CompletableFuture.completedFuture(null);
        }
        service.shutdown(STOP_GRACE);
        return service.whenTerminated();
    }

    /// The node may be lost since it was found ready; it is waited for as at its own start.
    private void awaitFirstTemplate() {
        while (!hasFirstTemplate()) {
            String why = note.isEmpty() ? "" : ": " + note;
            context.events().on(new RoleEvent.Warning(NAME, "waiting for the first template" + why));
        }
    }

    private boolean hasFirstTemplate() {
        try {
            firstTemplate.get(WAITING_REPORT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            throw new RoleException(String.valueOf(firstTemplate.exceptionNow().getMessage()), e);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RoleException("interrupted while starting", e);
        }
    }

    private final class FromNode implements NodeListener {
        @Override
        public void tipChanged(BlockTemplate template) {
            handler.newEdition(shelf.newTip(template));
            context.events()
                    .on(new RoleEvent.TipChanged(
                            NAME, template.height() - 1, template.prevHash().toString()));
            firstTemplate.complete(null);
        }

        @Override
        public void feesRose(BlockTemplate template) {
            handler.newEdition(shelf.newFees(template));
        }

        @Override
        public void lost(NodeException why) {
            note = String.valueOf(why.getMessage());
            context.events().on(new RoleEvent.Note(NAME, "node lost: " + note));
            if (why instanceof NodeException.Misconfigured) {
                firstTemplate.completeExceptionally(why);
            }
        }

        @Override
        public void restored() {
            note = "";
            context.events().on(new RoleEvent.Note(NAME, "node is back"));
        }
    }
}
