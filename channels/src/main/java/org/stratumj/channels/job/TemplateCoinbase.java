package org.stratumj.channels.job;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Coinbase;
import org.stratumj.bitcoin.CompactSize;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.channels.PeerViolationException;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.U256;

/// Builds the coinbase of a template around the extranonce. Spec: 05 §5.3.16, 07 §7.2.
///
/// ```text
/// version | 1 input: null outpoint, scriptSig = template prefix · push(tag) · push(salt · extranonce), sequence
///         | payout outputs · template outputs | lock time
/// ```
///
/// The extranonce is pushed as data, since consensus counts signature operations in this script too and random
/// bytes would read as some.
///
/// @param template       what the template provider sent
/// @param tag            the pool's name
/// @param salt           bytes that no client can foresee, so that none can hash a job before it has it; may be empty
/// @param extranonceSize bytes of the full extranonce
public record TemplateCoinbase(NewTemplate template, PoolTag tag, Bytes salt, int extranonceSize) {
    /// Bytes of a coinbase that are no outputs, at most: the input with the longest script, counts, version, lock
    /// time, and the BIP141 fields.
    private static final int OTHER_BYTES_MAX = 256;

    private static final long MONEY_MAX = 2_100_000_000_000_000L;
    private static final int NULL_OUTPOINT_SIZE = 36;

    /// Checks that a coinbase can be made of the template whatever the payout.
    ///
    /// @throws PeerViolationException if not
    public TemplateCoinbase {
        if (scriptSigSize(template, tag, salt, extranonceSize) > Coinbase.SCRIPT_SIG_MAX) {
            throw broken(
                    template,
                    "a coinbase prefix of " + template.coinbasePrefix().size() + " bytes",
                    null);
        }
        if (Long.compareUnsigned(template.coinbaseTxValueRemaining(), MONEY_MAX) > 0) {
            throw broken(template, "more than 21 million coins to spend", null);
        }
        if (template.coinbaseTxOutputs().size() + Payout.BYTES_MAX + OTHER_BYTES_MAX > Range.U16_MAX) {
            throw broken(template, "outputs of " + template.coinbaseTxOutputs().size() + " bytes", null);
        }
    }

    /// The coinbase that pays this payout.
    ///
    /// @throws PeerViolationException if the template's outputs are not what they should be
    CoinbaseParts parts(Payout payout) {
        return parts(payout.outputs(template.coinbaseTxValueRemaining()));
    }

    /// The coinbase with these outputs before those of the template.
    ///
    /// @throws PeerViolationException if the template's outputs are not what they should be
    public CoinbaseParts parts(List<TxOut> outputs) {
        CoinbaseParts parts = new CoinbaseParts(prefix(), suffix(outputs), false);
        try {
            Transaction coinbase = Transaction.parse(parts.stripped(Bytes.of(new byte[extranonceSize])));
            boolean witness = WitnessCommitment.find(coinbase).isPresent();
            return new CoinbaseParts(parts.prefix(), parts.suffix(), witness);
        } catch (BitcoinFormatException e) {
            throw broken(template, "outputs that cannot be read", e);
        }
    }

    private Bytes prefix() {
        int scriptSigSize = scriptSigSize(template, tag, salt, extranonceSize);
        int size = 4 + 1 + NULL_OUTPOINT_SIZE + 1 + scriptSigSize - extranonceSize;
        return Bytes.written(size, out -> {
            out.u32(template.coinbaseTxVersion());
            out.u8(1);
            out.u256(U256.ZERO);
            out.u32(Range.U32_MAX);
            out.u8(scriptSigSize);
            out.bytes(scriptSigPrefix());
        });
    }

    /// All outputs of the coinbase: their number as a CompactSize, these, and those of the template, which go last
    /// and as they came (07 §7.2).
    public Bytes outputs(List<TxOut> before) {
        Bytes count = Bytes.of(CompactSize.encode(before.size() + template.coinbaseTxOutputsCount()));
        List<Bytes> outputs =
                before.stream().map(output -> Bytes.of(output.bytes())).toList();
        int beforeSize = outputs.stream().mapToInt(Bytes::size).sum();
        int size = count.size() + beforeSize + template.coinbaseTxOutputs().size();
        return Bytes.written(size, out -> {
            out.bytes(count);
            outputs.forEach(out::bytes);
            out.bytes(template.coinbaseTxOutputs());
        });
    }

    /// The scriptSig up to the extranonce.
    public Bytes scriptSigPrefix() {
        Bytes push = Bytes.of(new byte[] {(byte) (salt.size() + extranonceSize)});
        return template.coinbasePrefix().concat(tag.push()).concat(push).concat(salt);
    }

    private Bytes suffix(List<TxOut> before) {
        Bytes outputs = outputs(before);
        return Bytes.written(4 + outputs.size() + 4, out -> {
            out.u32(template.coinbaseTxInputSequence());
            out.bytes(outputs);
            out.u32(template.coinbaseTxLocktime());
        });
    }

    private static int scriptSigSize(NewTemplate template, PoolTag tag, Bytes salt, int extranonceSize) {
        return template.coinbasePrefix().size() + tag.push().size() + 1 + salt.size() + extranonceSize;
    }

    private static PeerViolationException broken(NewTemplate template, String what, @Nullable Throwable cause) {
        String id = Long.toUnsignedString(template.templateId());
        return new PeerViolationException("template " + id + " has " + what, cause);
    }
}
