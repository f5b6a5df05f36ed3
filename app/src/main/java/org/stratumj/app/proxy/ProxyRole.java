package org.stratumj.app.proxy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.stratumj.app.block.BlockDisk;
import org.stratumj.app.block.BlockKeeper;
import org.stratumj.app.block.BlockParts;
import org.stratumj.app.block.Fate;
import org.stratumj.app.block.FewLines;
import org.stratumj.app.mining.MiningServer;
import org.stratumj.app.role.OutageWatch;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleEnd;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ServerAddress;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.Work;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Lane;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.service.DeviceInfo;
import org.stratumj.service.Link;
import org.stratumj.service.ReconnectPolicy;
import org.stratumj.service.ServiceState;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2ServiceException;

/// The mining proxy: many miners, one connection and one channel to a pool. It gives each miner a part of the search
/// space, difficulties of its own, and standard jobs if the miner needs them. Two services, joined by two links:
///
/// ```text
/// miners ◀── mining server ◀── Supply ────── mining client ◀──▶ pool, or another proxy
///                          ──▶ FoundShare ─▶
/// ```
/// It serves from the start; requests for channels wait for the first work. When the upstream is lost, miners stay
/// connected on the jobs they have while others are tried in their order. A new upstream's jobs reach them on the same
/// channels, unless its extranonces are of another size; then, or when there is none in time, they are sent away to
/// connect again.
public final class ProxyRole implements Role {
    public static final String NAME = "proxy";

    /// Work that waits for miners; not produced faster than its lane takes it.
    private static final int SUPPLY_LINK_CAPACITY = 256;

    /// Shares that wait for the upstream: those of some seconds from a farm that just came up.
    private static final int SHARE_LINK_CAPACITY = 16_384;

    /// Miners stand still while the proxy pauses.
    private static final ReconnectPolicy RECONNECT =
            new ReconnectPolicy(Duration.ofMillis(250), Duration.ofSeconds(5), 0.2);

    private static final Duration STOP_GRACE = Duration.ofMillis(700);
    private static final Duration STOP_MAX = Duration.ofMillis(1900);

    private final ProxyConfig config;
    private final RoleContext context;
    private final ServerAddress address;
    private final ExtranonceLeases leases;
    private final OwnBlocks blocks;
    private final BlockKeeper keeper;
    private final RoleEvents events;
    private final Proxy proxy;
    private final MiningServer miners;
    private final MiningUpstream upstream;
    private final OutageWatch outages;
    private final Lane lane;
    private final AtomicLong outage = new AtomicLong();
    private final Sv2ServerService server;
    private final Sv2ClientService client;

    /// Makes the proxy; nothing happens before [#start].
    public ProxyRole(ProxyConfig config, RoleContext context) {
        this.config = config;
        this.context = context;
        this.address = new ServerAddress(config.listen(), config.security());
        leases = new ExtranonceLeases(config.indexSize(), context.network().random()::nextLong);
        Hashrates hashrates = new Hashrates(config.terms().policy().targets().sharesPerMinute());
        blocks = new OwnBlocks();
        events = context.events();
        keeper = new BlockKeeper(
                "upstream",
                BlockDisk.of(NAME, config.blocksDirectory(), ".share", BlockParts.FILE_BYTES_MAX, events),
                context.clock());
        Link<Supply> toMiners = new Link<>("proxy: work", SUPPLY_LINK_CAPACITY);
        Link<FoundShare> toUpstream = new Link<>("proxy: shares", SHARE_LINK_CAPACITY);
        lane = context.network().newLane();
        proxy = new Proxy(noSupply(config), hashrates, blocks, keeper, toUpstream, context.events());
        miners = new MiningServer(NAME, config.terms(), proxy, leases, context.events());
        UpstreamFeed feed = new UpstreamFeed(config.indexSize(), leases);
        upstream = new MiningUpstream(config, feed, hashrates, blocks, keeper, toMiners, context.events());
        outages = new OutageWatch(NAME, "upstream", "miners keep the work they have", context.events());
        server = Sv2ServerService.builder(context.network())
                .name(NAME)
                .metrics(context.metrics().apply(NAME))
                .listen(config.listen())
                .security(config.security())
                .limits(config.limits())
                .mining(miners)
                .listener(new ServiceEvents(NAME, context.events()))
                .link(toMiners, this::onSupply)
                .build();
        client = Sv2ClientService.builder(context.network())
                .name(NAME + " upstream")
                .metrics(context.metrics().apply(NAME + " upstream"))
                .mining(config.upstreams(), upstream)
                .device(DeviceInfo.software("stratumj " + NAME))
                .reconnect(RECONNECT)
                .listener(outages)
                .link(toUpstream, upstream::onFound)
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        try {
            keeper.resume(this::leave);
            server.start();
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
        return server.state() == ServiceState.READY ? Optional.of(server.localAddress()) : Optional.empty();
    }

    /// Accepted shares are those that the upstream says it accepted, since only they count; rejected ones are those
    /// that were refused here, and those of the upstream.
    @Override
    public RoleStatus status() {
        RoleStatus.Builder status = RoleStatus.of(NAME)
                .server(address)
                .connections(miners.peers() + (outages.isUp() ? 1 : 0))
                .channels(leases.inUse())
                .shares(upstream.shares().accepted(), rejected())
                .blocks(blocks.found(), blocks.accepted())
                .note(note());
        miners.shares().hashesPerSecond().ifPresent(status::hashesPerSecond);
        upstream.head().ifPresent(tip -> status.tip(tip.height(), tip.hash().toString()));
        return status.build();
    }

    @Override
    public void close() {
        RoleEnd.await(NAME, shutdown(), STOP_MAX);
        keeper.close();
    }

    /// What [#close] does, without waiting for the end. Miners get their acknowledgements and are sent away first; the
    /// connection upstream goes last, with the shares that they found. Any thread.
    ///
    /// @return done when both have ended
    public CompletionStage<?> shutdown() {
        miners.acknowledgeAll();
        server.shutdown(STOP_GRACE);
        return server.whenTerminated().thenCompose(_ -> keeper.idle()).thenCompose(_ -> {
            upstream.leave();
            client.shutdown(STOP_GRACE);
            return client.whenTerminated();
        });
    }

    /// An upstream takes shares of its own jobs only, and those of an earlier connection are gone.
    private void leave(List<BlockParts> blocks) {
        FewLines lines = new FewLines(line -> events.on(new RoleEvent.Warning(NAME, line)));
        for (BlockParts block : blocks) {
            Hash256 hash = block.header().hash();
            lines.add("block " + hash + " was found before this start and cannot be passed up again; its file is kept");
            keeper.settle(hash, Fate.GIVEN_UP);
        }
        lines.end("%d more blocks were found before this start and cannot be passed up again; their files are kept");
    }

    /// On the server's own lane.
    private void onSupply(Supply next) {
        boolean lost = proxy.supply().upstream() && !next.upstream();
        proxy.supply(next);
        miners.announce();
        if (lost) {
            long number = outage.incrementAndGet();
            lane.schedule(() -> endGrace(number), config.upstreamGrace());
        }
    }

    private void endGrace(long number) {
        if (outage.get() == number && !proxy.supply().upstream()) {
            String grace = config.upstreamGrace().toSeconds() + " s";
            miners.dismissAll(new CloseReason.Local("no upstream for " + grace + "; connect again"));
        }
    }

    private Map<String, Long> rejected() {
        Map<String, Long> all = new TreeMap<>(miners.shares().refused());
        upstream.shares().refused().forEach((code, count) -> all.merge("upstream " + code, count, Long::sum));
        return all;
    }

    private String note() {
        return outages.note().isEmpty() && !proxy.supply().upstream() ? "waiting for work" : outages.note();
    }

    /// Nothing to mine; the layout only stands in for that of the first upstream.
    private static Supply noSupply(ProxyConfig config) {
        ExtranonceSpace space = new ExtranonceSpace(Bytes.EMPTY, config.indexSize(), config.indexSize());
        return new Supply(Work.none(space), config.terms().policy().targets().hardest(), Target.ZERO, false);
    }
}
