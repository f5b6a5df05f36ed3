package org.stratumj.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobToken;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactions;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.Journal;
import org.stratumj.service.Link;
import org.stratumj.service.NullSv2JobDeclarationClientHandler;
import org.stratumj.service.NullSv2JobDeclarationServerHandler;
import org.stratumj.service.NullSv2MiningClientHandler;
import org.stratumj.service.NullSv2TemplateDistributionServerHandler;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ReplyTo;
import org.stratumj.service.Siblings;
import org.stratumj.service.Sv2App;
import org.stratumj.service.Sv2ClientEvent;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.service.Sv2Outcome;
import org.stratumj.service.Sv2ServerEvent;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2Service;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.service.Upstream;
import org.stratumj.service.adapter.MiningPeerAdapter;
import org.stratumj.service.adapter.TemplateDistributionClientAdapter;

/// Goal: what docs/services.md shows compiles and works, and so do the compositions that the original names: proxy,
/// pool, job declarator client and server. Method: each is put together on the simulated network between
/// services that write down what they hear, and a message goes each way. The last test holds the page to this
/// file.
class SeedSnippetsTest {
    private static final ServerSecurity PLAIN = new ServerSecurity.Plain();
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final SubmitSharesStandard SHARE = new SubmitSharesStandard(1, 4, 1, 2, 3, 4);
    private static final SubmitSharesSuccess CREDIT = new SubmitSharesSuccess(1, 4, 1, 1);
    private static final SubmitSolution BLOCK = new SubmitSolution(1, 2, 3, 4, Bytes.of(new byte[] {5}));

    private final TestBed bed = TestBed.simulated(20_261_125);
    private final Network network = bed.network();
    private final List<Sv2Service<?>> others = new ArrayList<>();

    @AfterEach
    void close() {
        bed.close();
    }

    // The snippets of the original.

    @Test
    void siblingsAreCreatedAndHaveEachOtherHandleEvents() throws Exception {
        Heard heardByPool = new Heard();
        Heard heardByMiner = new Heard();
        Endpoint pool = serve(server("pool").mining(heardByPool.miningServer()));
        InetSocketAddress address = ANY_PORT;
        Sv2MiningServerHandler miners = new Heard().miningServer();
        var upstream = new Heard().miningClient();

        Siblings siblings = new Siblings("proxy");
        Sv2ServerService server = Sv2ServerService.builder(network)
                .listen(address)
                .security(PLAIN)
                .mining(miners)
                .jobDeclaration(new NullSv2JobDeclarationServerHandler())
                .templateDistribution(new NullSv2TemplateDistributionServerHandler())
                .sibling(siblings)
                .build();
        Sv2ClientService client = Sv2ClientService.builder(network)
                .mining(List.of(pool), upstream)
                .jobDeclaration(List.of(), new NullSv2JobDeclarationClientHandler())
                .sibling(siblings)
                .build();

        server.start();
        client.start();
        connect(server, client("miner"), heardByMiner);
        bed.await(() -> client.isUp(Subprotocol.MINING) && server.peers().size() == 1);
        ConnectionId miner = server.peers().getFirst().id();

        // The server has its sibling send a share to the pool.
        CompletionStage<Sv2Outcome> up = server.handle(new Sv2ServerEvent.SendEventToSiblingClientService(
                new Sv2ClientEvent.SendMessageToMiningServer(SHARE)));

        assertThat(bed.await(up)).isEqualTo(Sv2Outcome.Done.OK);
        bed.await(() -> heardByPool.messages.equals(List.of(SHARE)));

        // The client has its sibling send the answer to the miner.
        CompletionStage<Sv2Outcome> down = client.handle(new Sv2ClientEvent.SendEventToSiblingServerService(
                new Sv2ServerEvent.SendMessagesToClient(miner, List.of(CREDIT))));

        assertThat(bed.await(down)).isEqualTo(Sv2Outcome.Done.OK);
        bed.await(() -> heardByMiner.messages.equals(List.of(CREDIT)));
    }

    @Test
    void nullHandlersSpeakNothing() throws Exception {
        Heard provider = new Heard();
        Endpoint templates = serve(server("provider").templateDistribution(provider.templateServer()));
        var templateHandler = new Heard().templateClient();

        Sv2ClientService client = Sv2ClientService.builder(network)
                .mining(List.of(), new NullSv2MiningClientHandler())
                .jobDeclaration(List.of(), new NullSv2JobDeclarationClientHandler())
                .templateDistribution(List.of(templates), templateHandler)
                .build();

        client.start();
        bed.await(() -> client.isUp(Subprotocol.TEMPLATE_DISTRIBUTION));
        assertThat(client.isUp(Subprotocol.MINING)).isFalse();
        assertThat(bed.await(client.handle(new Sv2ClientEvent.SendMessageToMiningServer(SHARE))))
                .isInstanceOfSatisfying(
                        Sv2Outcome.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Sv2Outcome.Cause.UNSUPPORTED_PROTOCOL));
    }

    // The compositions.

    @Test
    void proxyIsAMiningServerAndAMiningClient() throws Exception {
        Heard pool = new Heard();
        Endpoint poolEndpoint = serve(server("pool").mining(pool.miningServer()));
        var miningServer = new Heard().miningServer();
        var miningClient = new Heard().miningClient();

        // Proxy: mining server + mining client.
        Siblings siblings = new Siblings("proxy");
        Sv2ClientService client = client("upstream")
                .mining(List.of(poolEndpoint), miningClient)
                .sibling(siblings)
                .build();
        Sv2ServerService server =
                server("miners").mining(miningServer).sibling(siblings).build();
        Sv2App proxy = Sv2App.of(client, server);

        proxy.start();
        Heard miner = connect(server, client("miner"), new Heard());
        bed.await(() -> client.isUp(Subprotocol.MINING));
        up(server, new Sv2ClientEvent.SendMessageToMiningServer(SHARE));
        bed.await(() -> pool.messages.equals(List.of(SHARE)));
        down(client, server, CREDIT);
        bed.await(() -> miner.messages.equals(List.of(CREDIT)));
    }

    @Test
    void poolIsAMiningServerAndATemplateClient() throws Exception {
        Heard provider = new Heard();
        Endpoint providerEndpoint = serve(server("provider").templateDistribution(provider.templateServer()));
        var miningServer = new Heard().miningServer();
        var templateClient = new Heard().templateClient();

        // Pool: mining server + template distribution client.
        Siblings siblings = new Siblings("pool");
        Sv2ClientService client = client("templates")
                .templateDistribution(List.of(providerEndpoint), templateClient)
                .sibling(siblings)
                .build();
        Sv2ServerService server =
                server("miners").mining(miningServer).sibling(siblings).build();
        Sv2App pool = Sv2App.of(client, server);

        pool.start();
        Heard miner = connect(server, client("miner"), new Heard());
        bed.await(() -> client.isUp(Subprotocol.TEMPLATE_DISTRIBUTION));
        up(server, new Sv2ClientEvent.SendMessageToTemplateDistributionServer(BLOCK));
        bed.await(() -> provider.messages.equals(List.of(BLOCK)));
        down(client, server, CREDIT);
        bed.await(() -> miner.messages.equals(List.of(CREDIT)));
    }

    @Test
    void jobDeclaratorClientIsAMiningServerAndAClientOfTwoSubprotocols() throws Exception {
        Heard provider = new Heard();
        Heard declarator = new Heard();
        Endpoint providerEndpoint = serve(server("provider").templateDistribution(provider.templateServer()));
        Endpoint declaratorEndpoint = serve(server("jds").jobDeclaration(declarator.jobDeclarationServer()));
        var miningServer = new Heard().miningServer();
        var declarationClient = new Heard().jobDeclarationClient();
        var templateClient = new Heard().templateClient();

        // Job declarator client: mining server + job declaration client + template distribution client.
        Siblings siblings = new Siblings("jdc");
        Sv2ClientService client = client("upstream")
                .jobDeclaration(List.of(declaratorEndpoint), declarationClient)
                .templateDistribution(List.of(providerEndpoint), templateClient)
                .sibling(siblings)
                .build();
        Sv2ServerService server =
                server("miners").mining(miningServer).sibling(siblings).build();
        Sv2App declaratorClient = Sv2App.of(client, server);

        declaratorClient.start();
        Heard miner = connect(server, client("miner"), new Heard());
        bed.await(() -> client.isUp(Subprotocol.JOB_DECLARATION) && client.isUp(Subprotocol.TEMPLATE_DISTRIBUTION));
        var allocate = new AllocateMiningJobToken(Str0255.of("jdc"), 1);
        var constraints = new CoinbaseOutputConstraints(100, 4);
        up(
                server,
                new Sv2ClientEvent.MultipleEvents(List.of(
                        new Sv2ClientEvent.SendMessageToJobDeclarationServer(allocate),
                        new Sv2ClientEvent.SendMessageToTemplateDistributionServer(constraints))));
        bed.await(
                () -> declarator.messages.equals(List.of(allocate)) && provider.messages.equals(List.of(constraints)));
        down(client, server, CREDIT);
        bed.await(() -> miner.messages.equals(List.of(CREDIT)));
    }

    @Test
    void jobDeclaratorServerIsAJobDeclarationServerAndATemplateClient() throws Exception {
        Heard provider = new Heard();
        Endpoint providerEndpoint = serve(server("provider").templateDistribution(provider.templateServer()));
        var declarationServer = new Heard().jobDeclarationServer();
        var templateClient = new Heard().templateClient();

        // Job declarator server: job declaration server + template distribution client.
        Siblings siblings = new Siblings("jds");
        Sv2ClientService client = client("templates")
                .templateDistribution(List.of(providerEndpoint), templateClient)
                .sibling(siblings)
                .build();
        Sv2ServerService server = server("declarations")
                .jobDeclaration(declarationServer)
                .sibling(siblings)
                .build();
        Sv2App declaratorServer = Sv2App.of(client, server);

        declaratorServer.start();
        Heard declaratorClient = new Heard();
        start(client("jdc").jobDeclaration(List.of(endpoint(server)), declaratorClient.jobDeclarationClient()));
        bed.await(() ->
                client.isUp(Subprotocol.TEMPLATE_DISTRIBUTION) && server.peers().size() == 1);
        var request = new RequestTransactionData(7);
        up(server, new Sv2ClientEvent.SendMessageToTemplateDistributionServer(request));
        bed.await(() -> provider.messages.equals(List.of(request)));
        var missing = new ProvideMissingTransactions(1, List.of(0));
        var toClient = new Sv2ServerEvent.SendMessagesToClient(
                server.peers().getFirst().id(), List.of(missing));
        Sv2Outcome outcome = bed.await(client.handle(new Sv2ClientEvent.SendEventToSiblingServerService(toClient)));
        assertThat(outcome.isOk()).isTrue();
        bed.await(() -> declaratorClient.messages.equals(List.of(missing)));
    }

    // What else the page shows.

    /// Credits every share, once that is written down. Asks a sibling who may open channels.
    static final class Accounts implements Sv2MiningServerHandler {
        private final Journal<SubmitSharesStandard> journal;
        private final Link<MayOpen> toPolicy;

        Accounts(Journal<SubmitSharesStandard> journal, Link<MayOpen> toPolicy) {
            this.journal = journal;
            this.toPolicy = toPolicy;
        }

        record MayOpen(Str0255 user, ReplyTo<Boolean> answer) {}

        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
            return new Miner();
        }

        final class Miner extends MiningPeerAdapter {
            @Override
            protected Effect<MiningToClient> onOpenStandardMiningChannel(OpenStandardMiningChannel request) {
                return Effect.ask(
                        toPolicy,
                        (ReplyTo<Boolean> answer) -> new MayOpen(request.userIdentity(), answer),
                        Duration.ofSeconds(5),
                        allowed -> allowed ? opened(request) : refused(request.requestId(), ErrorCode.UNKNOWN_USER));
            }

            @Override
            protected Effect<MiningToClient> onSubmitSharesStandard(SubmitSharesStandard share) {
                var credit = new SubmitSharesSuccess(share.channelId(), share.sequenceNumber(), 1, 1);
                return Effect.persist(journal, share, Effect.reply(credit));
            }

            @Override
            protected Effect<MiningToClient> onOpenExtendedMiningChannel(OpenExtendedMiningChannel request) {
                return refused(request.requestId(), ErrorCode.EXTENDED_CHANNELS_NOT_SUPPORTED_FOR_STANDARD_JOBS);
            }

            @Override
            protected Effect<MiningToClient> onSubmitSharesExtended(SubmitSharesExtended share) {
                return Effect.reply(new SubmitSharesError(
                        share.channelId(), share.sequenceNumber(), ErrorCode.INVALID_CHANNEL_ID.wire()));
            }

            @Override
            protected Effect<MiningToClient> onSetCustomMiningJob(SetCustomMiningJob request) {
                return Effect.reply(new SetCustomMiningJobError(
                        request.channelId(), request.requestId(), ErrorCode.JD_NOT_SUPPORTED.wire()));
            }

            @Override
            protected Effect<MiningToClient> onCloseChannel(CloseChannel message) {
                return Effect.close(new CloseReason.Local("the only channel is closed"));
            }

            private Effect<MiningToClient> opened(OpenStandardMiningChannel request) {
                return Effect.reply(new OpenStandardMiningChannelSuccess(
                        request.requestId(), 1, request.maxTarget(), Bytes.EMPTY, 2));
            }

            private Effect<MiningToClient> refused(long requestId, ErrorCode code) {
                return Effect.reply(new OpenMiningChannelError(requestId, code.wire()));
            }
        }
    }

    @Test
    void shareIsWrittenDownBeforeItIsAcknowledgedAndASiblingIsAsked() throws Exception {
        List<SubmitSharesStandard> written = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> onDisk = new CompletableFuture<>();
        Journal<SubmitSharesStandard> journal = share -> {
            written.add(share);
            return onDisk;
        };
        Link<Accounts.MayOpen> toPolicy = new Link<>("who may open", 64);
        Sv2ServerService.Builder builder = server("pool").mining(new Accounts(journal, toPolicy));
        Sv2ServerService server = builder.link(
                        toPolicy,
                        question ->
                                question.answer().with(question.user().text().equals("alice")))
                .build();
        server.start();
        Heard miner = new Heard();
        Sv2ClientService client = connectClient(server, client("miner"), miner);

        send(client, new OpenStandardMiningChannel(1, Str0255.of("alice"), 1, U256.ZERO));
        send(client, new OpenStandardMiningChannel(2, Str0255.of("mallory"), 1, U256.ZERO));
        bed.await(() -> miner.messages.size() == 2);
        assertThat(miner.messages.getLast()).isEqualTo(new OpenMiningChannelError(2, ErrorCode.UNKNOWN_USER.wire()));

        send(client, SHARE);
        bed.await(() -> written.equals(List.of(SHARE)));
        assertThat(miner.messages).doesNotContain(CREDIT);
        onDisk.complete(null);
        bed.await(() -> miner.messages.getLast().equals(CREDIT));
    }

    @Test
    void requestIsAnsweredOrFails() throws Exception {
        var data = new RequestTransactionDataSuccess(7, Bytes.EMPTY, List.of());
        Endpoint provider = serve(server("provider").templateDistribution(peer -> message -> Effect.reply(data)));
        List<Upstream<TemplateToServer>> up = new CopyOnWriteArrayList<>();
        var handler = new TemplateDistributionClientAdapter() {
            @Override
            public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
                up.add(upstream);
                return Effect.none();
            }
        };
        start(client("client").templateDistribution(List.of(provider), handler));
        bed.await(() -> up.size() == 1);
        var upstream = up.getFirst();

        CompletionStage<RequestTransactionDataSuccess> answer = upstream.request(
                new RequestTransactionData(7), RequestTransactionDataSuccess.class, Duration.ofSeconds(10));

        assertThat(bed.await(answer)).isEqualTo(data);
    }

    @Test
    void boundsAreSet() throws Exception {
        var handler = new Heard().miningServer();

        ConnectionLimits limits = ConnectionLimits.defaults()
                .with(change -> change.connectionsMax(2)
                        .perSourceMax(1)
                        .halfOpenMax(1)
                        .setupDeadline(Duration.ofSeconds(3))
                        .outboundBytesMax(1 << 20));
        Sv2ServerService server = server("pool").mining(handler).limits(limits).build();

        server.start();
        Heard first = connect(server, client("first"), new Heard());
        bed.await(() -> server.peers().size() == 1);
        Sv2ClientService second = client("second")
                .mining(List.of(endpoint(server)), new Heard().miningClient())
                .build();
        second.start();
        CompletableFuture<Void> later = new CompletableFuture<>();
        network.newLane().schedule(() -> later.complete(null), Duration.ofMinutes(1));
        bed.await(later);
        assertThat(second.isUp(Subprotocol.MINING)).isFalse();
        assertThat(first.messages).isEmpty();
    }

    // The page.

    @Test
    void thePageShowsThisCode() throws IOException {
        String page = Files.readString(Path.of("../docs/services.md"));
        String code = code(Files.readString(Path.of("src/test/java/org/stratumj/examples/SeedSnippetsTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> code(block.group(1)))
                .toList();
        assertThat(blocks)
                .hasSizeGreaterThan(8)
                .allSatisfy(block -> assertThat(code).contains(block));
    }

    /// Without white space, since the page has shorter indents.
    private static String code(String text) {
        return text.replaceAll("\\s+", "");
    }

    // Fixtures.

    private Sv2ServerService.Builder server(String name) {
        return Sv2ServerService.builder(network).name(name).listen(ANY_PORT).security(PLAIN);
    }

    private Sv2ClientService.Builder client(String name) {
        return Sv2ClientService.builder(network).name(name);
    }

    private Endpoint serve(Sv2ServerService.Builder builder) throws Sv2ServiceException {
        Sv2ServerService server = builder.build();
        server.start();
        others.add(server);
        return endpoint(server);
    }

    private Sv2ClientService start(Sv2ClientService.Builder builder) throws Sv2ServiceException {
        Sv2ClientService client = builder.build();
        client.start();
        others.add(client);
        return client;
    }

    private Heard connect(Sv2ServerService server, Sv2ClientService.Builder builder, Heard heard)
            throws Sv2ServiceException {
        connectClient(server, builder, heard);
        return heard;
    }

    private Sv2ClientService connectClient(Sv2ServerService server, Sv2ClientService.Builder builder, Heard heard)
            throws Sv2ServiceException {
        Sv2ClientService client = start(builder.mining(List.of(endpoint(server)), heard.miningClient()));
        bed.await(() -> client.isUp(Subprotocol.MINING) && server.peers().size() == 1);
        return client;
    }

    private void send(Sv2ClientService client, MiningToServer message) {
        assertThat(bed.await(client.handle(new Sv2ClientEvent.SendMessageToMiningServer(message))))
                .isEqualTo(Sv2Outcome.Done.OK);
    }

    private void up(Sv2ServerService server, Sv2ClientEvent event) {
        assertThat(bed.await(server.handle(new Sv2ServerEvent.SendEventToSiblingClientService(event)))
                        .isOk())
                .isTrue();
    }

    private void down(Sv2ClientService client, Sv2ServerService server, MiningToClient message) {
        var event = new Sv2ServerEvent.SendMessagesToClient(
                server.peers().getFirst().id(), List.of(message));
        assertThat(bed.await(client.handle(new Sv2ClientEvent.SendEventToSiblingServerService(event)))
                        .isOk())
                .isTrue();
    }

    private static Endpoint endpoint(Sv2ServerService server) {
        return new Endpoint("127.0.0.1", server.localAddress().getPort(), new ClientSecurity.Plain());
    }
}
