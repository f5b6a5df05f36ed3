package org.stratumj.bitcoin;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The coinbase output that commits a block to the witnesses of its transactions (BIP141): `OP_RETURN`, a push of
/// 36 bytes, `aa21a9ed`, and the double hash of the witness root and the reserved value.
public final class WitnessCommitment {
    /// The reserved value that goes into the commitment and, as its one witness item, into the coinbase: 32 zero
    /// bytes.
    public static final Hash256 RESERVED_VALUE = Hash256.ZERO;

    /// The witness of a coinbase that has a commitment.
    public static final Witness COINBASE_WITNESS = Witness.of(RESERVED_VALUE.bytes());

    private static final Script HEADER = Script.ofHex("6a24aa21a9ed");
    private static final int SCRIPT_SIZE_MIN = 38;

    private WitnessCommitment() {}

    /// The output, of value 0, for a block with these transactions after its coinbase.
    ///
    /// @param wtxidsWithoutCoinbase their witness ids in block order
    public static TxOut output(List<Hash256> wtxidsWithoutCoinbase) {
        return new TxOut(0, script(hash(wtxidsWithoutCoinbase, RESERVED_VALUE)));
    }

    /// The committed hash: double hash of the witness root, where the coinbase counts as zero, and the reserved
    /// value.
    public static Hash256 hash(List<Hash256> wtxidsWithoutCoinbase, Hash256 reservedValue) {
        List<Hash256> leaves = new ArrayList<>(wtxidsWithoutCoinbase.size() + 1);
        leaves.add(Hash256.ZERO);
        leaves.addAll(wtxidsWithoutCoinbase);
        return new Sha256d()
                .update(MerkleTree.root(leaves))
                .update(reservedValue)
                .finish();
    }

    /// The place of the commitment among a coinbase's outputs: the last that looks like one counts.
    public static OptionalInt find(Transaction coinbase) {
        for (int i = coinbase.outputs().size() - 1; i >= 0; i--) {
            if (isCommitment(coinbase.outputs().get(i).script())) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// The hash that a commitment output's script carries.
    ///
    /// @throws BitcoinFormatException if the script is no commitment
    public static Hash256 committedHash(Script script) {
        if (!isCommitment(script)) {
            throw new BitcoinFormatException("not a witness commitment: " + script);
        }
        return Hash256.of(script.view(), HEADER.size());
    }

    private static boolean isCommitment(Script script) {
        return script.size() >= SCRIPT_SIZE_MIN && script.startsWith(HEADER);
    }

    private static Script script(Hash256 hash) {
        byte[] script = new byte[SCRIPT_SIZE_MIN];
        System.arraycopy(HEADER.view(), 0, script, 0, HEADER.size());
        hash.copyTo(script, HEADER.size());
        return Script.owning(script);
    }
}
