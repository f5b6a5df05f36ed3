package org.stratumj.node.rpc;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeException;
import org.stratumj.node.TemplateTransaction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads answers of `getblocktemplate` (BIP22, BIP23, BIP145). Nothing is taken on trust that costs a block when
/// it is wrong and can be reckoned: the target, and the commitment to the witnesses.
final class TemplateParser {
    /// Rules that mean nothing new for a miner, or that this package follows.
    private static final Set<String> RULES_KNOWN = Set.of("csv", "segwit", "taproot", "signet");

    private final TransactionMirror mirror;

    /// @param mirror gets the transactions, and lends those it has so that they need not be read again
    TemplateParser(TransactionMirror mirror) {
        this.mirror = mirror;
    }

    BlockTemplate parse(JsonNode answer) {
        SignetChallenge.check(answer);
        try {
            BlockTemplate template = read(answer);
            checkTarget(answer, template);
            checkCommitment(answer, template);
            return template;
        } catch (JacksonException | BitcoinFormatException e) {
            throw bad(RpcClient.plain(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private BlockTemplate read(JsonNode answer) {
        return new BlockTemplate(
                version(answer.required("version").longValue()),
                Hash256.fromDisplayHex(answer.required("previousblockhash").stringValue()),
                answer.required("height").intValue(),
                bits(answer.required("bits").stringValue()),
                answer.required("mintime").longValue(),
                answer.required("curtime").longValue(),
                answer.required("coinbasevalue").longValue(),
                hasSegwit(answer),
                answer.has("weightlimit") ? answer.path("weightlimit").intValue() : Block.WEIGHT_MAX,
                answer.required("sigoplimit").intValue(),
                transactions(answer.required("transactions")));
    }

    /// Most nodes show it as I32.
    private static long version(long shown) {
        return shown < 0 && shown >= Integer.MIN_VALUE ? Integer.toUnsignedLong((int) shown) : shown;
    }

    private static long bits(String hex) {
        try {
            return Integer.toUnsignedLong(Integer.parseUnsignedInt(hex, 16));
        } catch (NumberFormatException e) {
            throw bad("bits are not a hexadecimal number of 32 bits");
        }
    }

    private static boolean hasSegwit(JsonNode answer) {
        boolean segwit = false;
        for (JsonNode each : answer.path("rules")) {
            String rule = each.stringValue();
            boolean mandatory = rule.startsWith("!");
            String name = mandatory ? rule.substring(1) : rule;
            if (mandatory && !RULES_KNOWN.contains(name)) {
                throw new NodeException.Misconfigured(
                        "the node demands the rule '%s', which is not known here: ".formatted(RpcClient.plain(name))
                                + "update stratumj");
            }
            segwit |= name.equals("segwit");
        }
        return segwit;
    }

    private List<TemplateTransaction> transactions(JsonNode array) {
        if (!array.isArray()) {
            throw bad("transactions are not a list");
        }
        List<TemplateTransaction> transactions = new ArrayList<>(array.size());
        for (JsonNode each : array) {
            Hash256 wtxid = Hash256.fromDisplayHex(each.required("hash").stringValue());
            RawTransaction raw = mirror.find(wtxid)
                    .orElseGet(() -> RawTransaction.of(
                            HexFormat.of().parseHex(each.required("data").stringValue())));
            mirror.add(wtxid, raw);
            transactions.add(new TemplateTransaction(
                    raw,
                    Hash256.fromDisplayHex(each.required("txid").stringValue()),
                    wtxid,
                    each.required("fee").longValue(),
                    each.required("weight").intValue(),
                    each.required("sigops").intValue()));
        }
        return transactions;
    }

    private static void checkTarget(JsonNode answer, BlockTemplate template) {
        String target = answer.path("target").asString("");
        if (!target.isEmpty() && !target.equals(template.target().toString())) {
            throw bad("target and bits do not match");
        }
    }

    private static void checkCommitment(JsonNode answer, BlockTemplate template) {
        String theirs = answer.path("default_witness_commitment").asString("");
        List<TxOut> ours = template.requiredOutputs();
        if (!theirs.isEmpty()
                && !ours.isEmpty()
                && !theirs.equals(ours.getFirst().script().toString())) {
            throw bad("the witness commitment is not that of the transactions");
        }
    }

    private static NodeException bad(String what) {
        return new NodeException.BadAnswer("the node's block template cannot be used: " + what);
    }
}
