package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.service.Messages.credit;
import static org.stratumj.service.Messages.share;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.Local;
import org.stratumj.connection.CloseReason.SetupRefused;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.PeerInfo;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Sv2Outcome.Cause;
import org.stratumj.service.Sv2Outcome.Done;
import org.stratumj.service.Sv2Outcome.Many;
import org.stratumj.service.Sv2Outcome.Refused;

/// How services are put together: events and outcomes, siblings, Null handlers, requests, groups; on any network.
abstract class CompositionContract extends ServiceFixture {
    private static final Duration SOON = Duration.ofMinutes(5);

    // Events and outcomes.

    @Test
    void eventOfAClientGoesToItsHandlerAndTheOutcomeHoldsWhatThatWanted() throws Exception {
        pool.answer = ServiceFixture::creditEach;
        Sv2ServerService server = started(server());
        started(client(server));
        ConnectionId id = connected(server);

        Sv2Outcome outcome = bed.await(server.handle(new Sv2ServerEvent.IncomingMessage(id, share(5))));
        assertThat(outcome).isEqualTo(new Done(Effect.<MiningToClient>reply(credit(5))));
        bed.await(() -> miner.received.equals(List.of(credit(5))));
    }

    @Test
    void eventsForClientsSendInOrderAndOneThatIsGoneHarmsNobody() throws Exception {
        Sv2ServerService server = started(server());
        started(client(server));
        ConnectionId id = connected(server);
        ConnectionId nobody = new ConnectionId(Long.MAX_VALUE);

        Sv2Outcome outcome = bed.await(server.handle(new Sv2ServerEvent.SendMessagesToClients(List.of(
                new Sv2ServerEvent.SendMessagesToClient(nobody, List.of(credit(1))),
                new Sv2ServerEvent.SendMessagesToClient(id, List.of(credit(2), credit(3)))))));
        assertThat(outcome.isOk()).isFalse();
        assertThat(((Many) outcome).outcomes())
                .containsExactly(new Refused(Cause.NOT_CONNECTED, "nobody is connected as " + nobody), Done.OK);
        bed.await(() -> miner.received.equals(List.of(credit(2), credit(3))));
    }

    @Test
    void eventsAreHandledInOrderWhateverBecomesOfEach() throws Exception {
        pool.answer = (peer, message) -> {
            throw new IllegalStateException("no");
        };
        Sv2ServerService server = started(server());
        started(client(server));
        ConnectionId id = connected(server);

        List<Sv2Outcome> outcomes = ((Many) bed.await(server.handle(new Sv2ServerEvent.MultipleEvents(List.of(
                        new Sv2ServerEvent.SendMessagesToClient(id, List.of(credit(1))),
                        new Sv2ServerEvent.MultipleEvents(List.of(new Sv2ServerEvent.IncomingMessage(id, credit(1)))),
                        new Sv2ServerEvent.IncomingMessage(id, share(1)),
                        new Sv2ServerEvent.SendMessagesToClient(id, List.of(credit(2))))))))
                .outcomes();
        assertThat(outcomes).hasSize(4).first().isEqualTo(Done.OK);
        assertThat(outcomes.subList(1, 4))
                .extracting(outcome -> ((Refused) outcome).cause())
                .containsExactly(Cause.WRONG_MESSAGE, Cause.HANDLER_FAILED, Cause.NOT_CONNECTED);
        bed.await(() -> miner.received.equals(List.of(credit(1))));
    }

    @Test
    void manyEventsDoNotNest() throws Exception {
        Sv2ServerService server = started(server());
        List<Sv2ServerEvent> events = Collections.nCopies(
                20_000, new Sv2ServerEvent.CloseClient(new ConnectionId(Long.MAX_VALUE), new Local("bye")));
        Many outcomes = (Many) bed.await(server.handle(new Sv2ServerEvent.MultipleEvents(events)));
        assertThat(outcomes.outcomes()).hasSize(20_000);
    }

    @Test
    void eventsOfAClientServiceGoBothWays() throws Exception {
        pool.answer = ServiceFixture::creditEach;
        miner.answer = message -> Effect.none();
        Sv2ServerService server = started(server());
        Sv2ClientService client = started(client(server));
        bed.await(() -> client.isUp(Subprotocol.MINING));

        assertThat(bed.await(client.handle(new Sv2ClientEvent.SendMessageToMiningServer(share(9)))))
                .isEqualTo(Done.OK);
        bed.await(() -> miner.received.equals(List.of(credit(9))));
        assertThat(bed.await(client.handle(new Sv2ClientEvent.IncomingMessage(Subprotocol.MINING, credit(10)))))
                .isEqualTo(new Done(Effect.none()));
        bed.await(() -> miner.received.equals(List.of(credit(9), credit(10))));
        assertThat(bed.await(client.handle(new Sv2ClientEvent.IncomingMessage(Subprotocol.MINING, share(1)))))
                .extracting(outcome -> ((Refused) outcome).cause())
                .isEqualTo(Cause.WRONG_MESSAGE);
        assertThat(bed.await(client.handle(new Sv2ClientEvent.SendMessageToTemplateDistributionServer(solution()))))
                .isEqualTo(new Refused(
                        Cause.UNSUPPORTED_PROTOCOL, "there is no handler of " + Subprotocol.TEMPLATE_DISTRIBUTION));
    }

    @Test
    void serviceThatDoesNotRunRefusesEvents() throws Exception {
        Sv2ServerService server = server().build();
        Sv2ServerEvent event = new Sv2ServerEvent.CloseClient(new ConnectionId(1), new Local("bye"));
        assertThat(bed.await(server.handle(event)))
                .isEqualTo(new Refused(Cause.NOT_RUNNING, "pool does not run, it is NEW"));
        server.start();
        server.shutdown(GRACE);
        bed.await(server.whenTerminated());
        assertThat(bed.await(server.handle(event)))
                .isEqualTo(new Refused(Cause.NOT_RUNNING, "pool does not run, it is STOPPED"));
    }

    @Test
    void triggerDialsAtOnceInAPause() throws Exception {
        Sv2ServerService server = started(server());
        InetSocketAddress address = server.localAddress();
        server.shutdown(GRACE);
        bed.await(server.whenTerminated());
        Sv2ClientService client = started(Sv2ClientService.builder(bed.network())
                .mining(List.of(endpoint(server)), miner)
                .reconnect(new ReconnectPolicy(Duration.ofHours(1), Duration.ofHours(1), 0))
                .listener(minerListener));
        bed.await(() -> minerListener.downs.size() == 1);
        bed.await(() -> startedAgain(address));

        bed.await(client.handle(new Sv2ClientEvent.SetupConnectionTrigger(Subprotocol.MINING)));
        bed.await(() -> miner.events.equals(List.of("up")));
        assertThat(client.isUp(Subprotocol.MINING)).isTrue();
    }

    private boolean startedAgain(InetSocketAddress address) {
        try {
            started(server().listen(address));
            return true;
        } catch (Sv2ServiceException e) {
            return false;
        }
    }

    // Siblings.

    /// The proxy of the seeds: a mining server and a mining client in one application.
    @Test
    void siblingsHaveEachOtherHandleEventsAndGetTheOutcomes() throws Exception {
        Sv2ServerService upstream = started(server());
        RecordingServer downstreamHandler = new RecordingServer();
        RecordingClient upstreamHandler = new RecordingClient();
        Siblings siblings = new Siblings("proxy");
        Sv2ServerService server = started(server().mining(downstreamHandler).sibling(siblings));
        Sv2ClientService client = started(client(upstream, upstreamHandler).sibling(siblings));
        started(client(server));
        ConnectionId id = connected(server);
        bed.await(() -> client.isUp(Subprotocol.MINING));

        Sv2Outcome up = bed.await(server.handle(new Sv2ServerEvent.SendEventToSiblingClientService(
                new Sv2ClientEvent.SendMessageToMiningServer(share(4)))));
        assertThat(up).isEqualTo(Done.OK);
        bed.await(() -> pool.peers.getFirst().received.equals(List.of(share(4))));

        Sv2Outcome down = bed.await(client.handle(new Sv2ClientEvent.SendEventToSiblingServerService(
                new Sv2ServerEvent.SendMessagesToClient(id, List.of(credit(4))))));
        assertThat(down).isEqualTo(Done.OK);
        bed.await(() -> miner.received.equals(List.of(credit(4))));
    }

    @Test
    void withoutASiblingTheEventIsRefused() throws Exception {
        Sv2ServerService server = started(server());
        assertThat(bed.await(server.handle(new Sv2ServerEvent.SendEventToSiblingClientService(
                        new Sv2ClientEvent.SetupConnectionTrigger(Subprotocol.MINING)))))
                .isEqualTo(new Refused(Cause.NO_SIBLING, "pool has no sibling"));
    }

    @Test
    void siblingThatHasStoppedIsNoticed() throws Exception {
        Siblings siblings = new Siblings("proxy");
        Sv2ServerService server = started(server().sibling(siblings));
        Sv2ClientService client = started(client(server).sibling(siblings));
        client.shutdown(GRACE);
        bed.await(client.whenTerminated());
        assertThat(bed.await(server.handle(new Sv2ServerEvent.SendEventToSiblingClientService(
                        new Sv2ClientEvent.SetupConnectionTrigger(Subprotocol.MINING)))))
                .isEqualTo(new Refused(Cause.SIBLING_SILENT, "link proxy: events to the client takes no more events"));
    }

    // Flags.

    @Test
    void templateHandlersNeedNoFlagsAndGetNone() throws Exception {
        Sv2TemplateDistributionServerHandler provider = peer -> message -> Effect.none();
        Sv2ServerService server = started(Sv2ServerService.builder(bed.network())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(authority.server())
                .templateDistribution(provider));
        Sv2ClientService plain = started(Sv2ClientService.builder(bed.network())
                .templateDistribution(List.of(endpoint(server)), new QuietTemplateClient()));
        started(Sv2ClientService.builder(bed.network())
                .templateDistribution(List.of(endpoint(server)), new QuietTemplateClient() {
                    @Override
                    public long requestedFlags() {
                        return 1;
                    }
                })
                .listener(minerListener));
        bed.await(() -> plain.isUp(Subprotocol.TEMPLATE_DISTRIBUTION) && !minerListener.downs.isEmpty());
        assertThat(minerListener.downs.getFirst()).isEqualTo(new SetupRefused("unsupported-feature-flags", 1));
    }

    private static class QuietTemplateClient implements Sv2TemplateDistributionClientHandler {
        @Override
        public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
            return Effect.none();
        }

        @Override
        public Effect<TemplateToServer> onMessage(TemplateToClient message) {
            return Effect.none();
        }
    }

    // Null handlers.

    @Test
    void nullHandlersAreRefusedOnTheWireAndNeverDialled() throws Exception {
        Sv2ServerService server = started(Sv2ServerService.builder(bed.network())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(authority.server())
                .mining(new NullSv2MiningServerHandler())
                .jobDeclaration(new NullSv2JobDeclarationServerHandler())
                .templateDistribution(new NullSv2TemplateDistributionServerHandler()));
        started(client(server));
        bed.await(() -> !minerListener.downs.isEmpty());
        assertThat(minerListener.downs.getFirst().text())
                .startsWith("SetupConnection refused: unsupported-protocol; this port may not be for miners");
        assertThat(server.peers()).isEmpty();

        Sv2ClientService nothing = started(Sv2ClientService.builder(bed.network())
                .mining(List.of(endpoint(server)), new NullSv2MiningClientHandler())
                .jobDeclaration(List.of(), new NullSv2JobDeclarationClientHandler())
                .templateDistribution(List.of(), new NullSv2TemplateDistributionClientHandler()));
        assertThat(bed.await(nothing.handle(new Sv2ClientEvent.SendMessageToMiningServer(share(1)))))
                .extracting(outcome -> ((Refused) outcome).cause())
                .isEqualTo(Cause.UNSUPPORTED_PROTOCOL);
        nothing.shutdown(GRACE);
        assertThat(bed.await(nothing.whenTerminated())).isEqualTo(new ShutdownReport(0, 0));
    }

    // Requests.

    @Test
    void requestGetsItsAnswerAndTheHandlerAllOthers() throws Exception {
        pool.answer = (peer, message) -> {
            OpenStandardMiningChannel open = (OpenStandardMiningChannel) message;
            return Effect.reply(List.<MiningToClient>of(opened(open.requestId() + 1), opened(open.requestId())));
        };
        Upstream<MiningToServer> upstream = upstream();
        CompletionStage<OpenStandardMiningChannelSuccess> answer =
                upstream.request(open(7), OpenStandardMiningChannelSuccess.class, SOON);
        assertThat(bed.await(answer)).isEqualTo(opened(7));
        bed.await(() -> miner.received.equals(List.of(opened(8))));
    }

    @Test
    void requestThatIsRefusedFailsWithTheRefusal() throws Exception {
        OpenMiningChannelError error = new OpenMiningChannelError(7, Str0255.of("unknown-user"));
        pool.answer = (peer, message) -> Effect.reply(error);
        RequestException failure = failureOf(upstream().request(open(7), OpenStandardMiningChannelSuccess.class, SOON));
        assertThat(failure).hasMessage("OpenStandardMiningChannel: refused");
        assertThat(failure.refusal()).contains(error);
    }

    @Test
    void requestWithoutAnswerFailsAfterItsTimeAndALateAnswerGoesToTheHandler() throws Exception {
        Upstream<MiningToServer> upstream = upstream();
        RequestException failure =
                failureOf(upstream.request(open(7), OpenStandardMiningChannelSuccess.class, Duration.ofMillis(30)));
        assertThat(failure).hasMessage("OpenStandardMiningChannel: no answer within 30 ms");
        assertThat(failure.refusal()).isEmpty();
        pool.peers
                .getFirst()
                .downstream
                .lane()
                .execute(() -> pool.peers.getFirst().downstream.send(opened(7)));
        bed.await(() -> miner.received.equals(List.of(opened(7))));
    }

    @Test
    void requestsEndWithTheConnection() throws Exception {
        pool.answer = (peer, message) -> Effect.close(new Local("enough"));
        Upstream<MiningToServer> upstream = upstream();
        assertThat(failureOf(upstream.request(open(7), OpenStandardMiningChannelSuccess.class, SOON)))
                .hasMessage("OpenStandardMiningChannel: closed by the peer");
        assertThat(failureOf(upstream.request(open(8), OpenStandardMiningChannelSuccess.class, SOON)))
                .hasMessage("OpenStandardMiningChannel: closed by the peer");
    }

    @Test
    void requestIdIsInUseOnce() throws Exception {
        Upstream<MiningToServer> upstream = upstream();
        CompletionStage<OpenStandardMiningChannelSuccess> first =
                upstream.request(open(7), OpenStandardMiningChannelSuccess.class, SOON);
        assertThat(failureOf(upstream.request(open(7), OpenStandardMiningChannelSuccess.class, SOON)))
                .hasMessage("OpenStandardMiningChannel: a request with the id 7 is under way already");
        assertThat(first.toCompletableFuture()).isNotDone();
        assertThatThrownBy(() -> upstream.request(share(1), OpenStandardMiningChannelSuccess.class, SOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SubmitSharesStandard is no request that is answered");
    }

    // Groups.

    @Test
    void appStartsInOrderAndStopsInTheReverse() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        Sv2ServerService first = server().listener(logging("first", log)).build();
        Sv2ServerService second = server().listener(logging("second", log)).build();
        Sv2App app = Sv2App.of(first, second);
        app.start();
        assertThat(log).containsExactly("first STARTING", "first READY", "second STARTING", "second READY");
        log.clear();
        app.shutdown(GRACE);
        app.shutdown(Duration.ZERO);
        assertThat(bed.await(app.whenTerminated())).hasSize(2);
        assertThat(log).containsExactly("second DRAINING", "second STOPPED", "first DRAINING", "first STOPPED");
    }

    // Fixtures.

    private ConnectionId connected(Sv2ServerService server) {
        bed.await(() -> server.peers().size() == 1);
        return server.peers().stream().map(PeerInfo::id).findFirst().orElseThrow();
    }

    private Upstream<MiningToServer> upstream() throws Sv2ServiceException {
        Sv2ServerService server = started(server());
        started(client(server));
        bed.await(() -> peerOf(miner) != null);
        return peerOf(miner);
    }

    private RequestException failureOf(CompletionStage<?> stage) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        stage.whenComplete((answer, thrown) -> failure.complete(thrown));
        return (RequestException) bed.await(failure);
    }

    static OpenStandardMiningChannel open(long requestId) {
        return new OpenStandardMiningChannel(requestId, Str0255.of("me"), 1, U256.of(new byte[32]));
    }

    static OpenStandardMiningChannelSuccess opened(long requestId) {
        return new OpenStandardMiningChannelSuccess(requestId, 1, U256.of(new byte[32]), Bytes.EMPTY, 2);
    }

    private static SubmitSolution solution() {
        return new SubmitSolution(1, 2, 3, 4, Bytes.of(new byte[] {5}));
    }

    private static ServiceListener logging(String name, List<String> log) {
        return new ServiceListener() {
            @Override
            public void onState(ServiceState state) {
                log.add(name + " " + state);
            }
        };
    }
}
