package org.stratumj.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeBackendContract;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.TestMiner;

/// The RPC backend with a real node on regtest, and the corpus of bad blocks put before it. The environment
/// variable `STRATUMJ_REGTEST_RPC` says where the node is, as `rpc:http://HOST:PORT?cookie=PATH`.
@EnabledIfEnvironmentVariable(named = RealNodeIT.VARIABLE, matches = "rpc:.*")
class RealNodeIT extends NodeBackendContract {
    static final String VARIABLE = "STRATUMJ_REGTEST_RPC";

    private static final int COINS = 40;
    private static final int MATURITY = 100;

    private final RpcOptions options = RpcOptions.parse(System.getenv(VARIABLE).substring("rpc:".length()));
    private final RpcClient rpc = new RpcClient(options);
    private final RpcNode node = RpcNode.connect(options, Network.REGTEST);
    private final Iterator<TestCoin> coins = mineCoins().iterator();

    @Override
    protected NodeBackend node() {
        return node;
    }

    @Override
    protected void broadcast(Transaction transaction) {
        String hex = HexFormat.of().formatHex(transaction.bytes());
        assertThat(rpc.call(RpcClient.ANSWER_BYTES_MAX, "sendrawtransaction", hex)
                        .stringValue())
                .isEqualTo(transaction.txid().toString());
    }

    @Override
    protected long now() {
        return Instant.now().getEpochSecond();
    }

    @Override
    protected TestCoin freshCoin() {
        return coins.next();
    }

    @AfterAll
    void close() {
        node.close();
        rpc.close();
    }

    /// Mines on top of whatever the node has.
    private List<TestCoin> mineCoins() {
        List<TestCoin> mined = new ArrayList<>();
        for (int i = 0; i < COINS + MATURITY; i++) {
            Block block = TestMiner.mine(node.template());
            assertThat(node.submit(RawBlock.of(block.bytes()))).isEqualTo(new SubmitOutcome.Accepted());
            mined.add(TestCoin.ofCoinbase(block));
        }
        return mined.subList(0, COINS);
    }
}
