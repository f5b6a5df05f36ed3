package org.stratumj.channels.job;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.stratumj.bitcoin.CompactSize;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.TxOut;

/// Who gets a block's reward: the coinbase outputs that the value of a template is split over, in their order.
///
/// Compared by value: channels with equal payouts share their jobs.
///
/// @param parts at most [#PARTS_MAX], together at most [#BYTES_MAX] bytes of outputs
public record Payout(List<Part> parts) {
    /// The most outputs in one payout.
    public static final int PARTS_MAX = 500;

    /// The most bytes that the outputs of one payout take in the coinbase.
    public static final int BYTES_MAX = 32_768;

    /// No payout: for channels whose jobs come with their outputs, from an upstream server. No job can be made
    /// from a template with it.
    public static final Payout NONE = new Payout(List.of());

    private static final int VALUE_SIZE = 8;

    /// One output's share of the reward.
    ///
    /// @param script condition for spending
    /// @param weight its share relative to the sum of all weights, at least 1
    public record Part(Script script, int weight) {
        /// @throws IllegalArgumentException if the weight is not positive
        public Part {
            if (weight < 1) {
                throw new IllegalArgumentException("a payout weight is at least 1, not " + weight);
            }
        }
    }

    /// @throws IllegalArgumentException above a bound
    public Payout {
        parts = List.copyOf(parts);
        if (parts.size() > PARTS_MAX) {
            throw new IllegalArgumentException("a payout has at most " + PARTS_MAX + " parts, not " + parts.size());
        }
        long bytes = bytes(parts);
        if (bytes > BYTES_MAX) {
            throw new IllegalArgumentException("a payout takes at most " + BYTES_MAX + " bytes, not " + bytes);
        }
    }

    /// Everything to one script.
    public static Payout to(Script script) {
        return new Payout(List.of(new Part(script, 1)));
    }

    /// The outputs for a reward. Each part is rounded down to the satoshi; what is left over goes to the first.
    ///
    /// @param value satoshis, not negative
    /// @throws IllegalStateException for [#NONE], since the reward would be lost
    public List<TxOut> outputs(long value) {
        if (parts.isEmpty()) {
            throw new IllegalStateException("no payout is set, the reward of " + value + " satoshis would be lost");
        }
        long weights = parts.stream().mapToLong(Part::weight).sum();
        List<TxOut> outputs = new ArrayList<>(parts.size());
        long rest = value;
        for (Part part : parts) {
            long share = share(value, part.weight(), weights);
            outputs.add(new TxOut(share, part.script()));
            rest -= share;
        }
        outputs.set(
                0, new TxOut(outputs.getFirst().value() + rest, parts.getFirst().script()));
        return outputs;
    }

    /// Bytes that the outputs take in the coinbase, what `coinbase_output_max_additional_size` has to cover.
    public int serializedSize() {
        return (int) bytes(parts);
    }

    private static long bytes(List<Part> parts) {
        long bytes = 0;
        for (Part part : parts) {
            int script = part.script().size();
            bytes += VALUE_SIZE + CompactSize.size(script) + script;
        }
        return bytes;
    }

    private static long share(long value, long weight, long weights) {
        return BigInteger.valueOf(value)
                .multiply(BigInteger.valueOf(weight))
                .divide(BigInteger.valueOf(weights))
                .longValueExact();
    }
}
