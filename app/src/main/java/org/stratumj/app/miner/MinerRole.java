package org.stratumj.app.miner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.OutageWatch;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleEnd;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.app.view.Figures;
import org.stratumj.service.DeviceInfo;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2ServiceException;

/// The mining device: hashes on the processor for the channels that it opens at a pool or proxy.
///
/// While it connects it measures its engines, for the server wants to know the hash rate with the first request. When
/// the server is lost, the threads rest, since nobody would credit what they find, until there is one again. A server
/// that refuses all channels, closes them, or gives no work is left for the next one of the list; the miner itself
/// goes on until it is closed.
public final class MinerRole implements Role {
    public static final String NAME = "miner";

    private static final Duration STOP_GRACE = Duration.ofMillis(400);

    /// With the second that threads may take, a role stops within two.
    private static final Duration STOP_MAX = Duration.ofMillis(950);

    private final MinerConfig config;
    private final RoleContext context;
    private final Crew.Muster muster;
    private final MinerCounts counts = new MinerCounts();
    private final CompletableFuture<List<Hasher>> hashers = new CompletableFuture<>();
    private final MinerHandler handler;
    private final OutageWatch server;
    private final Sv2ClientService client;
    private volatile @Nullable Crew working;
    private boolean closed;

    /// Makes the miner; nothing happens before [#start].
    public MinerRole(MinerConfig config, RoleContext context) {
        this(config, context, RigCrew::muster);
    }

    /// The same with others than the processor's threads to hash.
    ///
    /// @param muster gets them together at the start
    public MinerRole(MinerConfig config, RoleContext context, Crew.Muster muster) {
        this.config = config;
        this.muster = muster;
        this.context = context;
        handler = new MinerHandler(config, hashers, counts, context.events());
        server = new OutageWatch(NAME, "server", "the threads rest", context.events());
        client = Sv2ClientService.builder(context.network())
                .name(NAME)
                .metrics(context.metrics().apply(NAME))
                .mining(config.upstreams(), handler)
                .device(DeviceInfo.software("stratumj " + NAME))
                .listener(server)
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        config.engine().obstacle().ifPresent(reason -> {
            throw new RoleException("the engine that was asked for cannot be used: " + reason + "; use --engine auto");
        });
        try {
            client.start();
        } catch (Sv2ServiceException e) {
            close();
            throw new RoleException(String.valueOf(e.getMessage()), e);
        }
        muster.muster(config, handler::onSolution).whenComplete(this::mustered);
    }

    @Override
    public RoleStatus status() {
        Crew present = working;
        return RoleStatus.of(NAME)
                .address(address())
                .connections(server.isUp() ? 1 : 0)
                .hashesPerSecond(present == null ? 0 : present.hashesPerSecond())
                .shares(counts.accepted(), counts.refused())
                .blocks(counts.blocksFound(), counts.blocksInChain())
                .note(note())
                .build();
    }

    @Override
    public void close() {
        RoleEnd.await(NAME, shutdown(), STOP_MAX);
    }

    /// What [#close] does, without waiting for the connection to close. The threads end first; then what they found
    /// goes out, and the channels are closed. Any thread.
    ///
    /// @return done when the connection is closed
    public CompletionStage<?> shutdown() {
        Crew present;
        synchronized (this) {
            closed = true;
            present = working;
        }
        if (present != null) {
            present.close();
        }
        handler.close();
        client.shutdown(STOP_GRACE);
        return client.whenTerminated();
    }

    private void mustered(@Nullable Crew crew, @Nullable Throwable failure) {
        if (crew == null) {
            cannotHash(failure == null ? new IllegalStateException("no crew") : failure);
            return;
        }
        try {
            begin(crew);
        } catch (RuntimeException | Error e) { // nothing above would report it
            crew.close();
            cannotHash(e);
        }
    }

    private void begin(Crew crew) {
        if (takeOn(crew)) {
            note(crew + ", " + Figures.hashrate(crew.expectedHashesPerSecond()) + " expected");
            hashers.complete(crew.hashers());
        } else {
            crew.close();
        }
    }

    /// The connection that waits for the hashers learns of it first.
    private void cannotHash(Throwable why) {
        hashers.completeExceptionally(why);
        note("cannot hash: " + why);
    }

    private synchronized boolean takeOn(Crew crew) {
        if (!closed) {
            working = crew;
        }
        return !closed;
    }

    private String address() {
        return Optional.ofNullable(handler.session())
                .map(session -> ServiceEvents.text(session.upstream().info().remoteAddress()))
                .orElse(config.upstreams().getFirst().toString());
    }

    private String note() {
        MinerSession session = handler.session();
        if (working == null) {
            return "measuring the hash rate";
        }
        return session == null ? server.note() : session.note();
    }

    private void note(String text) {
        context.events().on(new RoleEvent.Note(NAME, text));
    }
}
