package org.stratumj.channels.declaration;

import java.util.List;
import java.util.Optional;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SetCustomMiningJobError;
import org.stratumj.protocol.mining.SetCustomMiningJobSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U256;

/// A custom job as the pool sees that is asked for it: the coinbase that its parts make, and the answers. Whether
/// the pool wants it is for the pool to say. Immutable. Spec: 05 §5.3.18 to §5.3.20.
public final class CustomJob {
    private static final int NULL_OUTPOINT_SIZE = 36;

    private final SetCustomMiningJob request;
    private final CoinbaseParts coinbase;
    private final List<TxOut> outputs;

    private CustomJob(SetCustomMiningJob request, CoinbaseParts coinbase, List<TxOut> outputs) {
        this.request = request;
        this.coinbase = coinbase;
        this.outputs = outputs;
    }

    /// Puts the coinbase together.
    ///
    /// @param extranonceSize bytes of the complete extranonce on the channel
    /// @return empty if no coinbase can be made of it; [#refusal] with `invalid-coinbase-tx` is the answer then
    public static Optional<CustomJob> of(SetCustomMiningJob request, int extranonceSize) {
        int scriptSize = request.coinbasePrefix().size() + extranonceSize;
        // Clients in use begin it with more than the eight bytes of 05 §5.3.18: only consensus bounds it here.
        boolean fits = scriptSize >= Coinbase.SCRIPT_SIG_MIN && scriptSize <= Coinbase.SCRIPT_SIG_MAX;
        return fits ? parsed(request, prefix(request, scriptSize), extranonceSize) : Optional.empty();
    }

    /// The answer to a request that is not wanted.
    public static SetCustomMiningJobError refusal(SetCustomMiningJob request, ErrorCode code) {
        return new SetCustomMiningJobError(request.channelId(), request.requestId(), code.wire());
    }

    /// The answer to this one if it is wanted: the pool pays for its shares from then on.
    ///
    /// @param jobId by which shares will name it, U32
    public SetCustomMiningJobSuccess accepted(long jobId) {
        return new SetCustomMiningJobSuccess(request.channelId(), request.requestId(), jobId);
    }

    /// The coinbase around the complete extranonce.
    public CoinbaseParts coinbase() {
        return coinbase;
    }

    /// Whether anything is paid to this script. Spec: 06 §6.4.3.
    public boolean pays(Script payout) {
        return outputs.stream()
                .anyMatch(output -> output.value() > 0 && output.script().equals(payout));
    }

    private static Optional<CustomJob> parsed(SetCustomMiningJob request, Bytes prefix, int extranonceSize) {
        CoinbaseParts parts = new CoinbaseParts(prefix, suffix(request), false);
        try {
            Transaction coinbase = Transaction.parse(parts.stripped(Bytes.of(new byte[extranonceSize])));
            boolean witness = WitnessCommitment.find(coinbase).isPresent();
            return Optional.of(new CustomJob(
                    request, new CoinbaseParts(parts.prefix(), parts.suffix(), witness), coinbase.outputs()));
        } catch (BitcoinFormatException e) {
            return Optional.empty();
        }
    }

    private static Bytes prefix(SetCustomMiningJob request, int scriptSize) {
        return Bytes.written(
                4 + 1 + NULL_OUTPOINT_SIZE + 1 + request.coinbasePrefix().size(), out -> {
                    out.u32(request.coinbaseTxVersion());
                    out.u8(1);
                    out.u256(U256.ZERO);
                    out.u32(Range.U32_MAX);
                    out.u8(scriptSize);
                    out.bytes(request.coinbasePrefix());
                });
    }

    private static Bytes suffix(SetCustomMiningJob request) {
        return Bytes.written(4 + request.coinbaseTxOutputs().size() + 4, out -> {
            out.u32(request.coinbaseTxInputNSequence());
            out.bytes(request.coinbaseTxOutputs());
            out.u32(request.coinbaseTxLocktime());
        });
    }
}
