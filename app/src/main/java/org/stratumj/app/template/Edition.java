package org.stratumj.app.template;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.CoinbaseReserve;

/// What the node offered at one moment, and what was made of it for clients. Any thread.
///
/// @see TemplateShelf
final class Edition {
    private final long number;
    private final long tipNumber;
    private final BlockTemplate full;
    private final Function<BlockTemplate, ProvidedTemplate> publisher;
    /// By the transactions that were kept: most clients need so little room that all are.
    private final Map<Integer, ProvidedTemplate> byTransactions = new HashMap<>();

    /// @param number    rises with each edition
    /// @param tipNumber rises with each tip
    /// @param full      as the node gave it
    /// @param publisher gives a template its id and remembers it
    Edition(long number, long tipNumber, BlockTemplate full, Function<BlockTemplate, ProvidedTemplate> publisher) {
        this.number = number;
        this.tipNumber = tipNumber;
        this.full = full;
        this.publisher = publisher;
    }

    long number() {
        return number;
    }

    long tipNumber() {
        return tipNumber;
    }

    BlockTemplate full() {
        return full;
    }

    /// Whether a block on this tip can have that room at all.
    boolean hasRoomFor(CoinbaseReserve reserve) {
        return reserve.weight() <= full.weightLimit() && reserve.sigops() <= full.sigopsLimit();
    }

    /// The template that leaves `reserve` free. The first caller of each kind hashes, the others get the same.
    ///
    /// @throws IllegalArgumentException without [#hasRoomFor]
    synchronized ProvidedTemplate withReserved(CoinbaseReserve reserve) {
        BlockTemplate trimmed = full.withReserved(reserve);
        return byTransactions.computeIfAbsent(trimmed.transactions().size(), _ -> publisher.apply(trimmed));
    }
}
