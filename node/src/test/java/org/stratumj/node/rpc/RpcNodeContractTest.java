package org.stratumj.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Iterator;
import org.junit.jupiter.api.AfterAll;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeBackendContract;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;

/// The RPC backend over HTTP, with the embedded chain behind the other end.
class RpcNodeContractTest extends NodeBackendContract {
    private static final long NOW = 1_800_000_000;

    private final EmbeddedNode chain = EmbeddedNode.start(
            EmbeddedOptions.of(ChainProfile.REGTEST).withoutTransactions().withClock(() -> Instant.ofEpochSecond(NOW)));
    private final EmbeddedRpcServer server = new EmbeddedRpcServer(chain);
    private final RpcNode node = RpcNode.connect(server.options(), Network.REGTEST);
    private final Iterator<TestCoin> coins =
            prefix().stream().map(RawBlock::parse).map(TestCoin::ofCoinbase).iterator();

    @Override
    protected NodeBackend node() {
        return node;
    }

    @Override
    protected void broadcast(Transaction transaction) {
        assertThat(chain.addTransaction(transaction)).isEmpty();
    }

    @Override
    protected long now() {
        return NOW;
    }

    @Override
    protected TestCoin freshCoin() {
        return coins.next();
    }

    @AfterAll
    void close() {
        node.close();
        server.close();
        chain.close();
    }
}
