package org.stratumj.app.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.app.Eventually;
import org.stratumj.app.node.ScriptedNode;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleException;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.RequestTransactionDataError;
import org.stratumj.protocol.template.RequestTransactionDataSuccess;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.service.Sv2ServiceException;

/// The template provider on real sockets, with scripted clients.
class TemplateProviderIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 CURVE = Secp256k1s.best(RANDOM);

    private final AuthoritySecretKey key = AuthoritySecretKey.generate(CURVE, RANDOM);
    private final RecordedEvents events = new RecordedEvents();
    private final Network network = NettyNetwork.open();

    @AfterEach
    void closeNetwork() {
        network.close();
    }

    @Test
    @Tag("TDP-001")
    @Tag("TDP-006")
    void bringsAClientsBlocksIntoTheChain() throws InterruptedException, Sv2ServiceException {
        EmbeddedOptions regtest = EmbeddedOptions.of(ChainProfile.REGTEST);
        try (NodeBackend node = EmbeddedNode.start(regtest);
                TemplateProviderRole provider = started(node);
                TemplateClient client = client(provider, 100)) {
            ChainTip start = node.tip();
            for (int i = 1; i <= 3; i++) {
                NewTemplate template = client.next(NewTemplate.class);
                SetNewPrevHash prevHash = client.next(SetNewPrevHash.class);
                assertThat(template.futureTemplate()).isTrue();
                assertThat(prevHash.prevHash().bytes())
                        .isEqualTo(node.tip().hash().bytes());
                client.send(MinedCoinbase.solve(template, prevHash, true));
                int height = start.height() + i;
                Eventually.holds(() -> node.tip().height() == height);
            }
            NewTemplate template = client.next(NewTemplate.class);
            SetNewPrevHash prevHash = client.next(SetNewPrevHash.class);
            assertThat(prevHash.templateId()).isEqualTo(template.templateId());
            assertThat(Hash256.of(prevHash.prevHash().bytes()))
                    .isEqualTo(node.tip().hash());
            Eventually.holds(() -> provider.status().blocksAccepted() == 3);
            assertThat(provider.status().height()).hasValue(start.height() + 3);
            assertThat(events.texts())
                    .contains("block accepted at height " + node.tip().height() + ": "
                            + node.tip().hash());
        }
    }

    @Test
    @Tag("TDP-004")
    @Tag("TDP-005")
    @Tag("TDP-023")
    void pushesFeesAndTipsToEveryClientAndShowsThem() throws InterruptedException, Sv2ServiceException {
        ScriptedNode node = new ScriptedNode(Templates.onTip(0, 2));
        try (TemplateProviderRole provider = started(node);
                TemplateClient one = client(provider, 100);
                TemplateClient two = client(provider, 200)) {
            for (TemplateClient client : new TemplateClient[] {one, two}) {
                client.next(NewTemplate.class);
                client.next(SetNewPrevHash.class);
            }
            assertThat(provider.status().connections()).isEqualTo(2);
            node.fees(Templates.onTip(0, 9));
            assertThat(one.next(NewTemplate.class).futureTemplate()).isFalse();
            assertThat(two.next(NewTemplate.class).coinbaseTxValueRemaining())
                    .isEqualTo(Templates.SUBSIDY + 9 * Templates.FEE);
            node.tip(Templates.onTip(1, 1));
            for (TemplateClient client : new TemplateClient[] {one, two}) {
                assertThat(client.next(NewTemplate.class).futureTemplate()).isTrue();
                assertThat(client.next(SetNewPrevHash.class).prevHash().bytes())
                        .isEqualTo(Templates.tipHash(1).bytes());
            }
            assertThat(events.texts()).contains("new tip at height 500: " + Templates.tipHash(1));
        }
        assertThat(node.listeners()).isEmpty();
        assertThat(node.closed()).isFalse();
    }

    @Test
    void givesTransactionsOfTemplatesItHas() throws InterruptedException, Sv2ServiceException {
        ScriptedNode node = new ScriptedNode(Templates.onTip(0, 2));
        try (TemplateProviderRole provider = started(node);
                TemplateClient client = client(provider, 100)) {
            long id = client.next(NewTemplate.class).templateId();
            client.next(SetNewPrevHash.class);
            client.send(new RequestTransactionData(id));
            assertThat(client.next(RequestTransactionDataSuccess.class).transactionList())
                    .hasSize(2);
            client.send(new RequestTransactionData(999L << 32));
            assertThat(client.next(RequestTransactionDataError.class)
                            .errorCode()
                            .text())
                    .isEqualTo("template-id-not-found");
            node.tip(Templates.onTip(1, 1));
            client.next(NewTemplate.class);
            client.next(SetNewPrevHash.class);
            client.send(new RequestTransactionData(id));
            assertThat(client.next(RequestTransactionDataSuccess.class).transactionList())
                    .hasSize(2);
        }
    }

    @Test
    void sendsAwayAClientThatAsksForTooMuchAndNoOther() throws InterruptedException, Sv2ServiceException {
        ScriptedNode node = new ScriptedNode(Templates.onTip(0, 2));
        try (TemplateProviderRole provider = started(node);
                TemplateClient good = client(provider, 100);
                TemplateClient greedy = client(provider, TemplatePeer.OUTPUT_BYTES_MAX + 1)) {
            good.next(NewTemplate.class);
            good.next(SetNewPrevHash.class);
            assertThat(greedy.closed()).isNotEmpty();
            Eventually.holds(() -> events.texts().stream()
                    .anyMatch(text -> text.contains("CoinbaseOutputConstraints asks for 65536 bytes of outputs")));
            node.fees(Templates.onTip(0, 3));
            assertThat(good.next(NewTemplate.class).futureTemplate()).isFalse();
            assertThat(good.silent()).isTrue();
        }
    }

    @Test
    void answersNewConstraintsWithANewPair() throws InterruptedException, Sv2ServiceException {
        ScriptedNode node = new ScriptedNode(Templates.onTip(0, 2));
        try (TemplateProviderRole provider = started(node);
                TemplateClient client = client(provider, 100)) {
            long first = client.next(NewTemplate.class).templateId();
            client.next(SetNewPrevHash.class);
            client.send(new CoinbaseOutputConstraints(5_000, 10));
            long second = client.next(NewTemplate.class).templateId();
            assertThat(second).isGreaterThan(first);
            assertThat(client.next(SetNewPrevHash.class).templateId()).isEqualTo(second);
        }
    }

    @Test
    void keepsItsClientsWhileTheNodeIsAway() throws InterruptedException, Sv2ServiceException {
        ScriptedNode node = new ScriptedNode(Templates.onTip(0, 2));
        try (TemplateProviderRole provider = started(node);
                TemplateClient client = client(provider, 100)) {
            client.next(NewTemplate.class);
            client.next(SetNewPrevHash.class);
            node.lose(new NodeException.Unavailable("the node does not answer; is it running?"));
            assertThat(provider.status().note()).isEqualTo("the node does not answer; is it running?");
            node.listeners().forEach(NodeListener::restored);
            assertThat(provider.status().note()).isEmpty();
            node.tip(Templates.onTip(1, 0));
            client.next(NewTemplate.class);
            assertThat(events.texts()).contains("node lost: the node does not answer; is it running?", "node is back");
        }
    }

    @Test
    void doesNotStartWithoutANode() {
        ScriptedNode deaf = new ScriptedNode(Templates.onTip(0, 0)) {
            @Override
            public Watch watch(WatchPolicy policy, NodeListener listener) {
                listener.lost(new NodeException.Misconfigured("wrong password"));
                return () -> {};
            }
        };
        try (TemplateProviderRole provider = provider(deaf, loopback(0))) {
            assertThatThrownBy(provider::start)
                    .isInstanceOf(RoleException.class)
                    .hasMessage("wrong password");
        }
    }

    @Test
    void waitsForANodeThatIsLostBeforeItsFirstTemplate() {
        ScriptedNode away = new ScriptedNode(Templates.onTip(0, 0)) {
            @Override
            public Watch watch(WatchPolicy policy, NodeListener listener) {
                listener.lost(new NodeException.Unavailable("no node answers"));
                listener.restored();
                return super.watch(policy, listener);
            }
        };
        try (TemplateProviderRole provider = started(away)) {
            assertThat(provider.localAddress()).isPresent();
            assertThat(events.texts()).contains("node lost: no node answers", "node is back");
        }
    }

    @Test
    void saysThatItsPortIsTakenAndLetsGoOfTheNode() {
        ScriptedNode node = new ScriptedNode(Templates.onTip(0, 0));
        try (TemplateProviderRole first = started(node);
                TemplateProviderRole second =
                        provider(node, first.localAddress().orElseThrow())) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(RoleException.class)
                    .hasMessageContaining(
                            String.valueOf(first.localAddress().orElseThrow().getPort()))
                    .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
            assertThat(node.listeners()).hasSize(1);
        }
    }

    @Test
    void closesItsClientsWhenItStops() throws InterruptedException, Sv2ServiceException {
        ScriptedNode node = new ScriptedNode(Templates.onTip(0, 2));
        TemplateProviderRole provider = started(node);
        try (TemplateClient client = client(provider, 100)) {
            client.next(NewTemplate.class);
            provider.close();
            assertThat(client.closed()).isNotEmpty();
        }
    }

    private TemplateProviderRole started(NodeBackend node) {
        TemplateProviderRole provider = provider(node, loopback(0));
        provider.start();
        return provider;
    }

    private TemplateProviderRole provider(NodeBackend node, InetSocketAddress listen) {
        TemplateProviderConfig config = new TemplateProviderConfig(
                listen,
                new ServerSecurity.Noise(key, Duration.ofHours(1)),
                ConnectionLimits.defaults(),
                new WatchPolicy(Duration.ofMillis(200), 1000),
                null);
        return new TemplateProviderRole(config, node, new RoleContext(network, events, InstantSource.system()));
    }

    private TemplateClient client(TemplateProviderRole provider, long outputBytes) throws Sv2ServiceException {
        Endpoint endpoint = new Endpoint(
                "127.0.0.1",
                provider.localAddress().orElseThrow().getPort(),
                new ClientSecurity.Noise(key.publicKey(CURVE)));
        return new TemplateClient(network, endpoint, outputBytes);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
