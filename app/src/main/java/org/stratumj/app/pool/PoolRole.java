package org.stratumj.app.pool;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.stratumj.app.block.BlockDisk;
import org.stratumj.app.block.BlockKeeper;
import org.stratumj.app.block.BlockParts;
import org.stratumj.app.block.FewLines;
import org.stratumj.app.mining.MiningServer;
import org.stratumj.app.role.OutageWatch;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleEnd;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ServerAddress;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.service.DeviceInfo;
import org.stratumj.service.Link;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2ServiceException;

/// The pool: gets templates from a template provider, gives jobs to miners, checks their shares, and brings
/// their blocks back. Two services, joined by two links:
///
/// ```text
/// miners ◀── mining server ◀── NewWork ──── template client ◀──▶ template provider
///                          ──▶ FoundBlock ─▶
/// ```
/// It serves from the start. Requests for channels that come before the first template wait for it; when the
/// template provider is lost, miners stay connected and go on with the jobs they have.
public final class PoolRole implements Role {
    public static final String NAME = "pool";

    /// Bytes that tell channels of one server apart: sixteen million at a time.
    private static final int INDEX_SIZE = 3;

    /// Bytes of extranonce in each coinbase. What the server's number and the index leave to a client is enough
    /// for a proxy that shares it out to miners of the first Stratum version.
    private static final int EXTRANONCE_SIZE = 20;

    /// Bytes of each job that no client can foresee.
    private static final int SALT_SIZE = 4;

    /// Work and blocks that wait for the sibling. Neither is produced faster than its lane takes it.
    private static final int LINK_CAPACITY = 256;

    private static final Duration STOP_GRACE = Duration.ofMillis(400);
    private static final Duration STOP_MAX = Duration.ofMillis(1900);

    private final RoleContext context;
    private final ServerAddress address;
    private final ExtranonceLeases leases;
    private final FoundBlocks blocks = new FoundBlocks();
    private final BlockKeeper keeper;
    private final Pool pool;
    private final TemplateSource source;
    private final MiningServer miners;
    private final OutageWatch provider;
    private final Sv2ServerService server;
    private final Sv2ClientService client;
    private volatile Optional<InetSocketAddress> bound = Optional.empty();

    /// Makes the pool; nothing happens before [#start].
    public PoolRole(PoolConfig config, RoleContext context) {
        this.context = context;
        this.address = new ServerAddress(config.listen(), config.security());
        ExtranonceSpace space =
                new ExtranonceSpace(Bytes.of(new byte[] {(byte) config.serverId()}), INDEX_SIZE, EXTRANONCE_SIZE);
        SecureRandom random = context.network().random();
        leases = new ExtranonceLeases(INDEX_SIZE, random::nextLong);
        Link<NewWork> toPool = new Link<>("pool: new work", LINK_CAPACITY);
        Link<FoundBlock> toSource = new Link<>("pool: found blocks", LINK_CAPACITY);
        JobFactory jobs = new JobFactory(
                space, config.tag(), config.payout(), config.terms().versionRolling(), () -> salt(random));
        keeper = new BlockKeeper(
                PayoutOptions.name(config.network()),
                BlockDisk.of(NAME, config.blocksDirectory(), ".solution", BlockParts.FILE_BYTES_MAX, context.events()),
                context.clock());
        pool = new Pool(config, jobs.work(), blocks, keeper, toSource, context.events());
        miners = new MiningServer(NAME, config.terms(), pool, leases, context.events());
        source = new TemplateSource(jobs, config, leases, blocks, keeper, toPool, context.events());
        provider = new OutageWatch(NAME, "template provider", "miners keep the work they have", context.events());
        server = Sv2ServerService.builder(context.network())
                .name(NAME)
                .metrics(context.metrics().apply(NAME))
                .listen(config.listen())
                .security(config.security())
                .limits(config.limits())
                .mining(miners)
                .listener(new ServiceEvents(NAME, context.events()))
                .link(toPool, this::onWork)
                .build();
        client = Sv2ClientService.builder(context.network())
                .name(NAME + " templates")
                .metrics(context.metrics().apply(NAME + " templates"))
                .templateDistribution(config.templateProviders(), source)
                .device(DeviceInfo.software("stratumj " + NAME))
                .listener(provider)
                .link(toSource, source::onFound)
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        try {
            keeper.resume(this::restore);
            server.start();
            bound = Optional.of(server.localAddress());
            address.bind(server.localAddress());
            context.events().on(new RoleEvent.Note(NAME, address.announcement()));
            client.start();
        } catch (Sv2ServiceException e) {
            close();
            throw new RoleException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<InetSocketAddress> localAddress() {
        return bound;
    }

    @Override
    public RoleStatus status() {
        RoleStatus.Builder status = RoleStatus.of(NAME)
                .server(address)
                .connections(miners.peers() + (provider.isUp() ? 1 : 0))
                .channels(leases.inUse())
                .shares(miners.shares().credited(), miners.shares().refused())
                .blocks(blocks.found(), blocks.accepted())
                .note(note());
        miners.shares().hashesPerSecond().ifPresent(status::hashesPerSecond);
        source.head().ifPresent(tip -> status.tip(tip.height(), tip.hash().toString()));
        return status.build();
    }

    @Override
    public void close() {
        RoleEnd.await(NAME, shutdown(), STOP_MAX);
        keeper.close();
    }

    /// What [#close] does, without waiting for the end. Miners get their acknowledgements and are sent away first; the
    /// template client goes last, with the blocks that they found. Any thread.
    ///
    /// @return done when both have ended
    public CompletionStage<?> shutdown() {
        miners.acknowledgeAll();
        server.shutdown(STOP_GRACE);
        return server.whenTerminated().thenCompose(_ -> keeper.idle()).thenCompose(_ -> {
            source.submitWaiting();
            client.shutdown(STOP_GRACE);
            return client.whenTerminated();
        });
    }

    private void restore(List<BlockParts> saved) {
        FewLines lines = new FewLines(line -> context.events().on(new RoleEvent.Note(NAME, line)));
        for (BlockParts parts : saved) {
            FoundBlock.of(parts).ifPresent(block -> {
                blocks.restore(block);
                lines.add(
                        "block %s of height %d was found before this start and is submitted again; it takes a template provider that still has its template"
                                .formatted(block.hash(), parts.height()));
            });
        }
        lines.end("%d more blocks were found before this start and are submitted again");
        source.submitWaiting(); // on a disk that hung, the start has gone on
    }

    private void onWork(NewWork news) {
        pool.work(news.work());
        miners.announce();
    }

    private static Bytes salt(SecureRandom random) {
        byte[] salt = new byte[SALT_SIZE];
        random.nextBytes(salt);
        return Bytes.of(salt);
    }

    private String note() {
        return provider.note().isEmpty() && source.head().isEmpty()
                ? "waiting for the first template"
                : provider.note();
    }
}
