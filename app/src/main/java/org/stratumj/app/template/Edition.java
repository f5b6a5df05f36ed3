package org.stratumj.app.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.CoinbaseReserve;

/// What the node offered at one moment, and what is made of it for clients. Any thread.
///
/// @see TemplateShelf
final class Edition {
    /// Templates kept ready, of those that differ in how many transactions they keep; others are made anew when
    /// asked for.
    static final int READY_MAX = 8;

    private final long number;
    private final long tipNumber;
    private final BlockTemplate full;
    /// By the transactions that were kept: most clients need so little room that all are.
    private final Map<Integer, ProvidedTemplate> ready = new LinkedHashMap<>(READY_MAX, 0.75f, true);

    /// Takes a template as the node gave it.
    ///
    /// @param number    rises with each edition, from 1
    /// @param tipNumber rises with each tip
    Edition(long number, long tipNumber, BlockTemplate full) {
        this.number = number;
        this.tipNumber = tipNumber;
        this.full = full;
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

    boolean isOn(Hash256 tip) {
        return full.prevHash().equals(tip);
    }

    /// Whether clients need no SetNewPrevHash to get from this edition to `template`.
    boolean hasSameTip(BlockTemplate template) {
        return isOn(template.prevHash()) && full.nBits() == template.nBits();
    }

    /// Whether a block on this tip can have that room at all.
    boolean hasRoomFor(CoinbaseReserve reserve) {
        return reserve.weight() <= full.weightLimit() && reserve.sigops() <= full.sigopsLimit();
    }

    /// The template that leaves `reserve` free. The first caller of each kind hashes, the others get the same.
    ///
    /// @param repeat makes the id higher than one the client has seen
    /// @throws IllegalArgumentException without [#hasRoomFor]
    ProvidedTemplate withReserved(CoinbaseReserve reserve, int repeat) {
        return ready(full.withReserved(reserve)).repeated(repeat);
    }

    /// The template with the first `transactions`; empty if there are not as many.
    Optional<ProvidedTemplate> withFirst(int transactions) {
        return transactions > full.transactions().size()
                ? Optional.empty()
                : Optional.of(ready(full.withFirst(transactions)));
    }

    private synchronized ProvidedTemplate ready(BlockTemplate template) {
        int transactions = template.transactions().size();
        ProvidedTemplate provided = ready.computeIfAbsent(
                transactions, _ -> new ProvidedTemplate(new TemplateId(number, 0, transactions), template));
        if (ready.size() > READY_MAX) {
            ready.remove(ready.keySet().iterator().next());
        }
        return provided;
    }
}
