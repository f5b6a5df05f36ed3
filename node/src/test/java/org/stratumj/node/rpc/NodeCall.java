package org.stratumj.node.rpc;

import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawBlock;

/// A call of a node.
///
/// @param method   the RPC method behind it
/// @param bytesMax longest answer
/// @param answer   what a node may answer
record NodeCall(String name, String method, int bytesMax, String answer, Function<RpcNode, Object> call) {
    /// One of each kind.
    static Stream<NodeCall> all() {
        String entry = "{\"" + "03".repeat(32) + "\":{\"wtxid\":\"" + "04".repeat(32) + "\"}}";
        return Stream.of(
                new NodeCall("tip", "getblockchaininfo", RpcClient.WORDS_BYTES_MAX, ScriptedNode.REGTEST, RpcNode::tip),
                new NodeCall(
                        "template",
                        "getblocktemplate",
                        RpcClient.ANSWER_BYTES_MAX,
                        template("01".repeat(32), "207fffff"),
                        RpcNode::template),
                new NodeCall(
                        "submit",
                        "submitblock",
                        RpcClient.WORDS_BYTES_MAX,
                        result("null"),
                        node -> node.submit(block())),
                new NodeCall(
                        "duplicate",
                        "submitblock",
                        RpcClient.WORDS_BYTES_MAX,
                        result("\"duplicate\""),
                        node -> node.submit(block())),
                new NodeCall(
                        "propose",
                        "getblocktemplate",
                        RpcClient.WORDS_BYTES_MAX,
                        result("\"high-hash\""),
                        node -> node.propose(block())),
                new NodeCall(
                        "transaction",
                        "getrawtransaction",
                        RpcClient.TRANSACTION_BYTES_MAX,
                        result("\"00\""),
                        node -> node.transaction(Hash256.ZERO).orElseThrow()),
                new NodeCall(
                        "mempool",
                        "getrawmempool",
                        RpcClient.ANSWER_BYTES_MAX,
                        result(entry),
                        node -> node.transactionsByWtxid(Set.of(Hash256.ZERO))));
    }

    Object on(RpcNode node) {
        return call.apply(node);
    }

    static String result(String result) {
        return "{\"result\":" + result + ",\"error\":null,\"id\":1}";
    }

    /// A template without transactions and without a long-poll id.
    static String template(String prevHash, String bits) {
        return result("""
            {"version":536870912,"rules":["csv","!segwit","taproot"],"previousblockhash":"%s","height":8,\
            "bits":"%s","mintime":5,"curtime":6,"coinbasevalue":50,"weightlimit":4000000,\
            "sigoplimit":80000,"transactions":[]}\
            """.formatted(prevHash, bits));
    }

    static RawBlock block() {
        return RawBlock.of(new byte[80]);
    }

    @Override
    public String toString() {
        return name;
    }
}
