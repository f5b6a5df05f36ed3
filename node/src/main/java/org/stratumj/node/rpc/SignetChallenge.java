package org.stratumj.node.rpc;

import org.stratumj.node.NodeException;
import tools.jackson.databind.JsonNode;

/// What blocks of a signet must satisfy besides their proof of work (BIP325). Nothing here can sign blocks.
final class SignetChallenge {
    /// OP_TRUE: blocks need no signature.
    private static final String OP_TRUE = "51";

    private SignetChallenge() {}

    /// Looks for a challenge in the result of `getblocktemplate` or `getblockchaininfo`; other chains have none, and
    /// older nodes show it in the former only.
    ///
    /// @throws NodeException.Misconfigured if it is not OP_TRUE: each block would be refused as `bad-signet-blksig`
    static void check(JsonNode result) {
        String challenge = RpcClient.plain(result.path("signet_challenge").asString(""));
        if (!challenge.isEmpty() && !challenge.equals(OP_TRUE)) {
            throw new NodeException.Misconfigured("the node is on a signet whose blocks must be signed (challenge "
                    + challenge + "), which stratumj does not support: use a node with -regtest, or with -signet"
                    + " -signetchallenge=51");
        }
    }
}
