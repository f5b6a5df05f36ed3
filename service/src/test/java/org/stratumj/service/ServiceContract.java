package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.HandlerFailed;
import org.stratumj.connection.CloseReason.HandshakeFailed;
import org.stratumj.connection.CloseReason.Local;
import org.stratumj.connection.CloseReason.NetworkFailed;
import org.stratumj.connection.CloseReason.ProtocolViolation;
import org.stratumj.connection.CloseReason.Remote;
import org.stratumj.connection.CloseReason.SetupRefused;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.PeerInfo;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.SetupVerdict;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.Reconnect;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.service.RecordingServer.RecordingPeer;

/// How services behave, on any network.
abstract class ServiceContract extends ServiceFixture {
    // Both ends.

    @Test
    void carriesMessagesBothWaysAndEndsInOrder() throws Exception {
        pool.answer = ServiceFixture::creditEach;
        miner.onUp = Effect.reply(List.of(share(7), share(8)));
        Sv2ServerService server = started(server());
        Sv2ClientService client = started(client(server));
        bed.await(() -> miner.received.size() == 2);

        assertThat(miner.received).containsExactly(credit(7), credit(8));
        assertThat(client.isUp(Subprotocol.MINING)).isTrue();
        assertThat(client.isUp(Subprotocol.JOB_DECLARATION)).isFalse();
        assertThat(server.peers())
                .extracting(PeerInfo::vendor)
                .singleElement()
                .asString()
                .startsWith("stratumj ");

        server.shutdown(GRACE);
        assertThat(bed.await(server.whenTerminated())).isEqualTo(new ShutdownReport(1, 0));
        bed.await(() -> miner.downs.size() == 1);
        client.shutdown(GRACE);
        bed.await(client.whenTerminated());

        assertThat(pool.events).containsExactly("start", "stop");
        assertThat(pool.peers).hasSize(1);
        assertThat(pool.peers.getFirst().events).containsExactly("open", "close");
        assertThat(miner.events).containsExactly("up", "down");
        assertThat(server.peers()).isEmpty();
        assertThat(client.isUp(Subprotocol.MINING)).isFalse();
        assertThat(poolListener.states)
                .containsExactly(
                        ServiceState.STARTING, ServiceState.READY, ServiceState.DRAINING, ServiceState.STOPPED);
        assertThat(poolListener.connected).isEqualTo(poolListener.disconnected).hasSize(1);
        assertThat(minerListener.connected)
                .isEqualTo(minerListener.disconnected)
                .hasSize(1);
    }

    @Test
    void clientCanLeave() throws Exception {
        Sv2ServerService server = started(server());
        Sv2ClientService client = started(client(server));
        bed.await(() -> peerOf(miner) != null);
        client.shutdown(GRACE);
        assertThat(bed.await(client.whenTerminated())).isEqualTo(new ShutdownReport(1, 0));
        bed.await(() -> server.peers().isEmpty());

        assertThat(miner.downs).containsExactly(new Local("the client is shutting down"));
        assertThat(pool.peers.getFirst().closed).isEqualTo(new Remote());
    }

    @Test
    @Tag("EXT-011")
    void unknownMessagesReachBothHandlersAndHarmNothing() throws Exception {
        UnknownMessage unknown = new UnknownMessage(0x4001, true, 3, Bytes.of(new byte[5]));
        pool.onOpen = Effect.send(EncodedFrame.forwarding(unknown, 0));
        miner.onUp = Effect.send(EncodedFrame.forwarding(unknown, 0));
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> miner.unknown.size() == 1
                && pool.peers.size() == 1
                && pool.peers.getFirst().unknown.size() == 1);

        assertThat(miner.unknown).containsExactly(unknown);
        assertThat(server.peers()).hasSize(1);
    }

    // Setup.

    @Test
    void negotiatesFlagsWithTheHandlersLastWord() throws Exception {
        pool.verdict = new SetupVerdict.Accept(2, 0b10);
        miner.requestedFlags = 0b100;
        miner.acceptedServerFlags = 0b10;
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> peerOf(miner) != null);

        PeerInfo info = miner.upstreams.getFirst().info();
        assertThat(info.setup().clientFlags()).isEqualTo(0b100);
        assertThat(info.setup().serverFlags()).isEqualTo(0b10);
        assertThat(server.peers().getFirst().setup()).isEqualTo(info.setup());
    }

    @Test
    @Tag("CON-003")
    @Tag("CON-004")
    @Tag("CON-005")
    @Tag("CON-006")
    @Tag("CON-007")
    void clientTellsWhoItIsAndWhereItConnects() throws Exception {
        Sv2ServerService server = started(server());
        DeviceInfo device = new DeviceInfo("maker 1.2", "S9", "fw 3", "");
        started(client(server).device(device));
        bed.await(() -> peerOf(miner) != null);

        SetupConnection request = pool.requests.getFirst();
        assertThat(List.of(request.minVersion(), request.maxVersion())).containsOnly(2);
        assertThat(request.endpointHost()).isEqualTo(Str0255.of("127.0.0.1"));
        assertThat(request.endpointPort()).isEqualTo(server.localAddress().getPort());
        assertThat(request.vendor()).isEqualTo(Str0255.of("maker 1.2"));
        assertThat(request.hardwareVersion()).isEqualTo(Str0255.of("S9"));
        assertThat(request.firmware()).isEqualTo(Str0255.of("fw 3"));
        assertThat(request.deviceId()).isEqualTo(Str0255.EMPTY);
    }

    @Test
    void refusesSubprotocolWithoutHandler() throws Exception {
        Sv2ServerService server = started(server());
        started(Sv2ClientService.builder(bed.network())
                .templateDistribution(List.of(endpoint(server)), new NoTemplates())
                .listener(minerListener));
        bed.await(() -> !minerListener.downs.isEmpty() && !poolListener.refused.isEmpty());

        assertThat(minerListener.downs.getFirst().text())
                .startsWith("SetupConnection refused: unsupported-protocol; this port may not be for templates");
        assertThat(poolListener.refused.getFirst()).isEqualTo(new SetupRefused("unsupported-protocol", 0));
        assertThat(poolListener.connected).isEmpty();
        assertThat(pool.peers).isEmpty();
    }

    @Test
    @Tag("CON-009")
    void clientLeavesServerWithUnacceptableFlags() throws Exception {
        pool.verdict = new SetupVerdict.Accept(2, 0b1);
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> !minerListener.downs.isEmpty());

        assertThat(minerListener.downs.getFirst())
                .isEqualTo(new SetupRefused(ErrorCode.UNSUPPORTED_FEATURE_FLAGS.code(), 0b1));
        assertThat(miner.events).isEmpty();
    }

    /// Who wants to know asks for every bit; the refusal names those that are not supported.
    @Test
    @Tag("CON-011")
    void clientLearnsWhatTheServerSupports() throws Exception {
        miner.requestedFlags = 0xffff_ffffL;
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> !minerListener.downs.isEmpty());

        assertThat(minerListener.downs.getFirst())
                .isEqualTo(new SetupRefused("unsupported-feature-flags", 0xffff_ffffL & ~pool.supportedFlags()));
    }

    // Effects.

    @Test
    void carriesOutEffectsInOrder() throws Exception {
        Link<String> link = new Link<>("news", 4);
        List<String> told = new CopyOnWriteArrayList<>();
        link.receive(bed.network().newLane(), told::add);
        pool.onOpen = Effect.all(List.of(
                Effect.reply(credit(1)),
                Effect.send(EncodedFrame.of(credit(2))),
                Effect.tell(link, "a peer is here"),
                Effect.after(CompletableFuture.completedFuture(Effect.reply(credit(3)))),
                Effect.reply(List.of(credit(4), credit(5))),
                Effect.close(new Local("that was all")),
                Effect.reply(credit(6))));
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> !miner.downs.isEmpty() && pool.peers.getFirst().closed != null && !told.isEmpty());

        assertThat(miner.received).startsWith(credit(1), credit(2), credit(3), credit(4), credit(5));
        assertThat(miner.received).doesNotContain(credit(6));
        assertThat(told).first().isEqualTo("a peer is here");
        assertThat(pool.peers.getFirst().closed).isEqualTo(new Local("that was all"));
    }

    @Test
    void continuesWhenAStageCompletesElsewhere() throws Exception {
        CompletableFuture<Effect<MiningToClient>> committed = new CompletableFuture<>();
        pool.answer = (peer, message) -> Effect.<MiningToClient>after(committed).then(Effect.reply(credit(1)));
        miner.onUp = Effect.reply(share(1));
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> miner.received.size() == 1);
        Thread journal = new Thread(() -> committed.complete(Effect.reply(credit(2))));
        journal.start();
        journal.join();
        bed.await(() -> miner.received.size() == 2);

        assertThat(miner.received).containsExactly(credit(1), credit(2));
    }

    @Test
    void stageThatCompletesAfterTheEndDisturbsNobody() throws Exception {
        CompletableFuture<Effect<MiningToClient>> committed = new CompletableFuture<>();
        pool.onOpen = Effect.after(committed);
        Sv2ServerService server = started(server());
        Sv2ClientService client = started(client(server));
        bed.await(() -> peerOf(miner) != null);
        client.shutdown(GRACE);
        bed.await(() -> pool.peers.getFirst().closed != null);
        committed.complete(Effect.close(new Local("too late")));
        server.shutdown(GRACE);
        bed.await(server.whenTerminated());

        assertThat(pool.peers.getFirst().events).containsExactly("open", "close");
    }

    @Test
    void stageThatFailsClosesTheConnection() throws Exception {
        IllegalStateException failure = new IllegalStateException("disk full");
        pool.onOpen = Effect.after(
                CompletableFuture.<Effect<MiningToClient>>failedFuture(failure).thenApply(effect -> effect));
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> !pool.peers.isEmpty() && pool.peers.getFirst().closed != null);

        assertThat(pool.peers.getFirst().closed).isEqualTo(new HandlerFailed(failure));
    }

    @Test
    void fullLinkClosesTheConnection() throws Exception {
        Link<String> link = new Link<>("templates", 1);
        pool.onOpen = Effect.<MiningToClient, String>tell(link, "one").then(Effect.tell(link, "two"));
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> !pool.peers.isEmpty() && pool.peers.getFirst().closed != null);

        assertThat(pool.peers.getFirst().closed).isEqualTo(new Local("link templates takes no more events"));
    }

    @Test
    void exceptionInHandlerClosesThatConnectionOnly() throws Exception {
        pool.answer = (peer, message) -> {
            if (message.equals(share(13))) {
                throw new IllegalStateException("unlucky");
            }
            return creditEach(peer, message);
        };
        RecordingClient other = new RecordingClient();
        Sv2ServerService server = started(server());
        started(client(server));
        started(client(server, other));
        bed.await(() -> peerOf(miner) != null && peerOf(other) != null);
        send(other, share(13));
        bed.await(() -> !other.downs.isEmpty());
        send(miner, share(14));
        bed.await(() -> miner.received.size() == 1 && pool.peers.stream().anyMatch(peer -> peer.closed != null));

        assertThat(miner.downs).isEmpty();
        assertThat(pool.peers)
                .extracting(peer -> peer.closed)
                .filteredOn(reason -> reason != null)
                .singleElement()
                .isInstanceOf(HandlerFailed.class);
        assertThat(poolListener.flights)
                .singleElement()
                .asString()
                .contains("in  SubmitSharesStandard, 24 bytes")
                .endsWith("sequence number 13");
    }

    @Test
    void exceptionInOnUpIsPairedWithOnDown() throws Exception {
        RecordingClient failing = new RecordingClient();
        failing.onUp = null; // an effect that is no effect
        Sv2ServerService server = started(server());
        started(client(server, failing).listener(minerListener));
        bed.await(() -> !minerListener.downs.isEmpty());

        assertThat(failing.events).startsWith("up", "down");
        assertThat(failing.downs.getFirst()).isInstanceOf(HandlerFailed.class);
    }

    // Broadcast.

    @Test
    void reachesEveryPeerInTheOrderOfCalls() throws Exception {
        Sv2ServerService server = started(server());
        List<RecordingClient> miners = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            RecordingClient one = new RecordingClient();
            miners.add(one);
            started(client(server, one));
        }
        bed.await(() -> pool.context.peers() == 70 && server.peers().size() == 70);
        for (int i = 0; i < 5; i++) {
            EncodedFrame news = EncodedFrame.of(credit(i));
            pool.context.forEach(RecordingPeer.class, peer -> Effect.send(news));
        }
        bed.await(() -> miners.stream().allMatch(one -> one.received.size() == 5));

        assertThat(miners)
                .allSatisfy(one -> assertThat(one.received)
                        .containsExactly(credit(0), credit(1), credit(2), credit(3), credit(4)));
        assertThat(server.peers()).isSortedAccordingTo((a, b) -> Long.compare(a.id().value(), b.id().value()));
    }

    @Test
    void failingPeerKeepsNobodyFromHisTurn() throws Exception {
        Sv2ServerService server = started(server());
        RecordingClient other = new RecordingClient();
        started(client(server));
        bed.await(() -> pool.peers.size() == 1);
        started(client(server, other));
        bed.await(() -> pool.context.peers() == 2);
        RecordingPeer bad = pool.peers.getFirst();
        pool.context.forEach(RecordingPeer.class, peer -> {
            if (peer == bad) {
                throw new IllegalStateException("broken peer");
            }
            return Effect.reply(credit(1));
        });
        bed.await(() -> other.received.size() == 1 && bad.closed != null);

        assertThat(bad.closed).isInstanceOf(HandlerFailed.class);
        assertThat(other.downs).isEmpty();
    }

    @Test
    void visitsOnlyHandlersOfTheGivenType() throws Exception {
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> pool.context.peers() == 1);
        pool.context.forEach(OtherPeer.class, peer -> Effect.reply(credit(1)));
        pool.context.forEach(RecordingPeer.class, peer -> Effect.reply(credit(2)));
        bed.await(() -> !miner.received.isEmpty());

        assertThat(miner.received).containsExactly(credit(2));
    }

    // Links.

    @Test
    void deliversLinksFromStartToShutdown() throws Exception {
        Link<Integer> link = new Link<>("jobs", 10);
        List<Integer> taken = new CopyOnWriteArrayList<>();
        link.offer(1);
        Sv2ServerService server = started(server().link(link, event -> {
            assertThat(pool.context.lane().isCurrent()).isTrue();
            taken.add(event);
        }));
        link.offer(2);
        bed.await(() -> taken.size() == 2);
        server.shutdown(GRACE);
        bed.await(server.whenTerminated());

        assertThat(taken).containsExactly(1, 2);
        assertThat(link.offer(3)).isFalse();
    }

    // Finding the way back.

    @Test
    void clientComesBackWhenTheServerDoes() throws Exception {
        Sv2ServerService server = started(server());
        Sv2ClientService client = started(client(server));
        bed.await(() -> miner.upstreams.size() == 1);
        InetSocketAddress address = server.localAddress();
        server.shutdown(GRACE);
        bed.await(server.whenTerminated());
        bed.await(() -> minerListener.downs.size() >= 3);
        assertThat(client.isUp(Subprotocol.MINING)).isFalse();
        started(server().listen(address));
        bed.await(() -> miner.upstreams.size() == 2);

        assertThat(client.isUp(Subprotocol.MINING)).isTrue();
        assertThat(miner.events).containsExactly("up", "down", "up");
        assertThat(minerListener.downs.getFirst()).isEqualTo(new Remote());
        assertThat(minerListener.downs.get(1)).isInstanceOf(NetworkFailed.class);
        assertThat(minerListener.downs.get(1).text()).endsWith("connection refused");
    }

    @Test
    void clientGoesThroughItsListInOrder() throws Exception {
        Sv2ServerService server = started(server());
        Endpoint dead = new Endpoint("nobody.invalid", 3333, authority.clients());
        Endpoint foreign = new Endpoint(
                "127.0.0.1", server.localAddress().getPort(), Authority.fresh().clients());
        started(client(server).mining(List.of(dead, foreign, endpoint(server)), miner));
        bed.await(() -> peerOf(miner) != null);

        assertThat(minerListener.downEndpoints).containsExactly(dead, foreign);
        assertThat(minerListener.downs.getFirst().text()).contains("host name nobody.invalid cannot be resolved");
        assertThat(minerListener.downs.get(1)).isInstanceOf(HandshakeFailed.class);
    }

    @Test
    @Tag("CON-017")
    @Tag("CON-019")
    void clientObeysReconnect() throws Exception {
        RecordingServer elsewhere = new RecordingServer();
        Sv2ServerService server = started(server());
        Sv2ServerService second = started(server().mining(elsewhere));
        pool.onOpen = Effect.send(EncodedFrame.of(
                new Reconnect(Str0255.EMPTY, second.localAddress().getPort())));
        started(client(server));
        bed.await(() -> elsewhere.peers.size() == 1 && miner.upstreams.size() == 2);

        assertThat(minerListener.downs)
                .containsExactly(new Local("the server sends us to 127.0.0.1:"
                        + second.localAddress().getPort()));
    }

    @Test
    @Tag("CON-019")
    @Tag("CON-020")
    void clientKeepsWhatReconnectLeavesOut() throws Exception {
        Sv2ServerService server = started(server());
        pool.onOpen = Effect.send(EncodedFrame.of(new Reconnect(Str0255.EMPTY, 0)));
        started(client(server));
        bed.await(() -> !minerListener.downs.isEmpty());
        pool.onOpen = Effect.none();
        bed.await(() -> pool.peers.size() >= 2);

        assertThat(minerListener.downs.getFirst()).isEqualTo(new Local("the server sends us to " + endpoint(server)));
    }

    @Test
    @Tag("CON-018")
    @Tag("CON-022")
    @Tag("CON-023")
    void clientStaysWithItsAuthorityOnReconnect() throws Exception {
        RecordingServer stranger = new RecordingServer();
        Sv2ServerService server = started(server());
        Sv2ServerService second =
                started(server().mining(stranger).security(Authority.fresh().server()));
        pool.onOpen = Effect.send(EncodedFrame.of(
                new Reconnect(Str0255.of("127.0.0.1"), second.localAddress().getPort())));
        started(client(server));
        bed.await(() -> minerListener.downs.size() >= 2);

        assertThat(minerListener.downs.get(1)).isInstanceOf(HandshakeFailed.class);
        assertThat(minerListener.downs.get(1).text()).contains("not signed by the configured authority key");
        assertThat(stranger.peers).isEmpty();
        bed.await(() -> pool.peers.size() >= 2); // back at the list
    }

    @Test
    void clientLeavesServerThatSendsItNowhere() throws Exception {
        pool.onOpen = Effect.send(EncodedFrame.of(new Reconnect(Str0255.of("not a host\n"), 1)));
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> !minerListener.downs.isEmpty());

        assertThat(minerListener.downs.getFirst()).isInstanceOf(ProtocolViolation.class);
        assertThat(minerListener.downs.getFirst().text()).startsWith("Reconnect: host must be");
    }

    // The life of a service.

    @Test
    void portInUseFailsToStartInPlainWords() throws Exception {
        Sv2ServerService server = started(server());
        RecordingServer late = new RecordingServer();
        RecordingListener lateListener = new RecordingListener();
        Sv2ServerService second = Sv2ServerService.builder(bed.network())
                .listen(server.localAddress())
                .security(authority.server())
                .mining(late)
                .listener(lateListener)
                .build();

        assertThatThrownBy(second::start)
                .isInstanceOf(Sv2ServiceException.class)
                .hasMessageStartingWith("cannot listen: ")
                .hasMessageContaining(Integer.toString(server.localAddress().getPort()))
                .hasMessageEndingWith(
                        "address already in use; choose another port, or stop the program that has this one");
        assertThat(second.state()).isEqualTo(ServiceState.FAILED);
        assertThat(bed.await(second.whenTerminated())).isEqualTo(new ShutdownReport(0, 0));
        assertThat(late.events).containsExactly("start", "stop");
        assertThat(lateListener.states).containsExactly(ServiceState.STARTING, ServiceState.FAILED);
        second.close();
        started(client(server)); // the first one does not notice
        bed.await(() -> peerOf(miner) != null);
    }

    @Test
    void handlerThatCannotStartKeepsTheServiceFromStarting() {
        Sv2ServerService server = server().mining(new Sv2MiningServerHandler() {
                    @Override
                    public long supportedFlags() {
                        return 0;
                    }

                    @Override
                    public void onStart(ServerContext<MiningToClient> context) {
                        throw new IllegalStateException("no journal");
                    }

                    @Override
                    public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
                        throw new AssertionError("nobody can have come");
                    }
                })
                .build();

        assertThatThrownBy(server::start)
                .isInstanceOf(Sv2ServiceException.class)
                .hasMessage("the handler of MINING cannot start: no journal");
        assertThat(server.state()).isEqualTo(ServiceState.FAILED);
        assertThatThrownBy(server::localAddress).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void linkThatIsTakenKeepsTheServiceFromStartingAndThePortFree() throws Exception {
        Link<Integer> taken = new Link<>("jobs", 1);
        taken.receive(bed.network().newLane(), event -> {});
        Sv2ServerService server = server().link(taken, event -> {}).build();
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("link jobs has a receiver");
        assertThat(server.state()).isEqualTo(ServiceState.FAILED);
        assertThat(pool.events).containsExactly("start", "stop");
        InetSocketAddress address = server.localAddress();
        bed.await(() -> canStart(server().listen(address)));
    }

    private static boolean canStart(Sv2ServerService.Builder builder) {
        try {
            started(builder);
            return true;
        } catch (Sv2ServiceException e) {
            return false;
        }
    }

    @Test
    void startsOnce() throws Exception {
        Sv2ServerService server = started(server());
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pool cannot start, it is READY");
    }

    @Test
    void canBeShutDownBeforeItStarted() {
        Sv2ServerService server = server().build();
        server.shutdown(GRACE);
        server.close();
        assertThat(server.state()).isEqualTo(ServiceState.STOPPED);
        assertThat(bed.await(server.whenTerminated())).isEqualTo(new ShutdownReport(0, 0));
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
        assertThat(pool.events).isEmpty();
    }

    @Test
    void clientThatIsStillDiallingCanBeShutDown() throws Exception {
        Sv2ClientService client = started(Sv2ClientService.builder(bed.network())
                .mining(List.of(new Endpoint("nobody.invalid", 3333, authority.clients())), miner)
                .reconnect(new ReconnectPolicy(Duration.ofHours(1), Duration.ofHours(1), 0))
                .listener(minerListener));
        client.shutdown(GRACE);
        assertThat(bed.await(client.whenTerminated())).isEqualTo(new ShutdownReport(0, 0));
        assertThat(miner.events).isEmpty();
    }

    @Test
    void pausingClientStopsAtOnce() throws Exception {
        Sv2ClientService client = started(Sv2ClientService.builder(bed.network())
                .mining(List.of(new Endpoint("nobody.invalid", 3333, authority.clients())), miner)
                .reconnect(new ReconnectPolicy(Duration.ofHours(1), Duration.ofHours(1), 0))
                .listener(minerListener));
        bed.await(() -> minerListener.downs.size() == 1);
        client.shutdown(GRACE);
        bed.await(client.whenTerminated());
        assertThat(client.state()).isEqualTo(ServiceState.STOPPED);
    }

    @Test
    void shutdownSendsWhatIsQueued() throws Exception {
        pool.answer = (peer, message) -> Effect.reply(
                LongStream.range(0, 3_000).mapToObj(Messages::credit).toList());
        miner.onUp = Effect.reply(share(1));
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> !pool.peers.isEmpty() && !pool.peers.getFirst().received.isEmpty());
        server.shutdown(GRACE);
        assertThat(bed.await(server.whenTerminated()).bytesDropped()).isZero();
        bed.await(() -> !miner.downs.isEmpty());

        assertThat(miner.received).hasSize(3_000).last().isEqualTo(credit(2_999));
    }

    @Test
    void buildersNameWhatIsMissing() {
        assertThatThrownBy(() ->
                        Sv2ServerService.builder(bed.network()).name("pool").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pool: listen, security and a handler of at least one subprotocol are needed");
        assertThatThrownBy(() -> Sv2ClientService.builder(bed.network()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("client: a handler of at least one subprotocol is needed");
        assertThatThrownBy(() -> Sv2ClientService.builder(bed.network()).mining(List.of(), miner))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a client needs at least one endpoint to dial");
    }

    @Test
    void observerThatThrowsHarmsNobody() throws Exception {
        Sv2ServerService server = started(server().listener(new ServiceListener() {
            @Override
            public void onConnected(PeerInfo peer) {
                throw new IllegalStateException("metrics are down");
            }
        }));
        started(client(server));
        bed.await(() -> peerOf(miner) != null);
        assertThat(miner.downs).isEmpty();
    }

    @Test
    void neverTellsKeys() {
        ServerSecurity security = authority.server();
        assertThat(security.toString())
                .contains("redacted")
                .doesNotContain(authority.secret().secretText());
    }

    // Fixtures.

    private interface OtherPeer extends PeerHandler<MiningToServer, MiningToClient> {}

    private static final class NoTemplates implements Sv2TemplateDistributionClientHandler {
        @Override
        public long requestedFlags() {
            return 0;
        }

        @Override
        public long acceptedServerFlags() {
            return 0;
        }

        @Override
        public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
            throw new AssertionError("nobody can have accepted");
        }

        @Override
        public Effect<TemplateToServer> onMessage(TemplateToClient message) {
            throw new AssertionError("nobody can have sent " + message);
        }
    }
}
