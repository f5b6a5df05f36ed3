package org.stratumj.channels.declaration;

import java.util.ArrayList;
import java.util.List;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.CompactSize;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobToken;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobTokenSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;

/// The outputs that a pool wants in the coinbase of every declared job: first the one that the client is to put
/// the reward into, then any others. All come without a value. Spec: 06 §6.4.3.
///
/// @param scripts of the outputs, 1 or more
public record PoolOutputs(List<Script> scripts) {

    /// @throws IllegalArgumentException if there is none, or they do not fit the message
    public PoolOutputs {
        scripts = List.copyOf(scripts);
        if (scripts.isEmpty()) {
            throw new IllegalArgumentException("a pool wants one output at least, for its payout");
        }
        Range.b064k(bytes(scripts), "scripts");
    }

    /// The answer to a request for a token.
    ///
    /// @param token the token, B0_255
    public AllocateMiningJobTokenSuccess answer(AllocateMiningJobToken request, Bytes token) {
        return new AllocateMiningJobTokenSuccess(request.requestId(), token, bytes(scripts));
    }

    /// The outputs that come with a token.
    ///
    /// @throws PeerViolationException if they are none, no outputs, or have a value already
    public static PoolOutputs of(AllocateMiningJobTokenSuccess grant) {
        List<TxOut> outputs = parsed(grant);
        if (outputs.isEmpty() || outputs.stream().anyMatch(output -> output.value() != 0)) {
            throw new PeerViolationException(
                    "AllocateMiningJobToken.Success has no outputs without a value: " + outputs.size() + " outputs");
        }
        return new PoolOutputs(outputs.stream().map(TxOut::script).toList());
    }

    /// The outputs with a reward, all of it in the pool's payout.
    ///
    /// @param value satoshis, not negative
    public List<TxOut> paying(long value) {
        return outputs(scripts, value);
    }

    private static List<TxOut> parsed(AllocateMiningJobTokenSuccess grant) {
        try {
            return TxOut.parseList(grant.coinbaseTxOutputs().bytes());
        } catch (BitcoinFormatException e) {
            throw new PeerViolationException("AllocateMiningJobToken.Success has outputs that cannot be read", e);
        }
    }

    private static List<TxOut> outputs(List<Script> scripts, long value) {
        List<TxOut> outputs = new ArrayList<>();
        for (Script script : scripts) {
            outputs.add(new TxOut(outputs.isEmpty() ? value : 0, script));
        }
        return outputs;
    }

    private static Bytes bytes(List<Script> scripts) {
        Bytes count = Bytes.of(CompactSize.encode(scripts.size()));
        List<Bytes> outputs = outputs(scripts, 0).stream()
                .map(output -> Bytes.of(output.bytes()))
                .toList();
        return Bytes.written(
                count.size() + outputs.stream().mapToInt(Bytes::size).sum(), out -> {
                    out.bytes(count);
                    outputs.forEach(out::bytes);
                });
    }
}
