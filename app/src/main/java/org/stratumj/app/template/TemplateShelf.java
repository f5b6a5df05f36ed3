package org.stratumj.app.template;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.node.TemplateTransaction;

/// All templates that clients may still speak of, by id. Any thread.
///
/// A template is on the shelf before its id is sent, since the answer may come before the send returns. It
/// stays while its tip is the best, and [#STALE_KEPT] longer for solutions that were under way. Ids rise
/// strictly over the life of the server.
final class TemplateShelf {
    /// How long templates of the previous tip can still be solved.
    static final Duration STALE_KEPT = Duration.ofSeconds(10);

    /// Most templates kept; the oldest goes first. At one every five seconds the shelf holds more than an
    /// hour's.
    static final int TEMPLATES_MAX = 1024;

    private final InstantSource clock;
    private final LinkedHashMap<Long, Entry> entries = new LinkedHashMap<>();
    private long lastId;
    private long lastEdition;
    private long tipNumber;
    private @Nullable Edition current;

    TemplateShelf(InstantSource clock) {
        this.clock = clock;
    }

    /// Begins the templates of a new tip; those of the tip before are stale from now on.
    synchronized Edition newTip(BlockTemplate template) {
        Instant staleAt = clock.instant();
        entries.replaceAll((_, entry) -> entry.staleSince == null && !entry.isOn(template.prevHash())
                ? new Entry(entry.template, staleAt)
                : entry);

        removeExpired();
        tipNumber++;
        return edition(template);
    }

    /// Adds an edition on the same tip.
    synchronized Edition newFees(BlockTemplate template) {
        removeExpired();
        Edition before = current;
        return edition(before == null ? template : sharing(before.full(), template));
    }

    /// The newest edition; empty before the first.
    synchronized Optional<Edition> current() {
        return Optional.ofNullable(current);
    }

    /// The template of `edition` for a client, on the shelf, with an id above all that the client has seen.
    ///
    /// @throws IllegalArgumentException without [Edition#hasRoomFor]
    ProvidedTemplate provide(Edition edition, CoinbaseReserve reserve, long above) {
        ProvidedTemplate template = edition.withReserved(reserve);
        return template.id() > above ? template : publishAgain(template);
    }

    /// What there is under an id that a client named.
    synchronized Found find(long id) {
        removeExpired();
        Entry entry = entries.get(id);
        if (entry != null) {
            return entry.staleSince == null ? new Live(entry.template) : new Stale(Optional.of(entry.template));
        }
        return Long.compareUnsigned(id, lastId) <= 0 && id != 0 ? new Stale(Optional.empty()) : new Unknown();
    }

    synchronized int size() {
        return entries.size();
    }

    /// An answer of [#find].
    sealed interface Found {}

    /// A template on the best tip.
    record Live(ProvidedTemplate template) implements Found {}

    /// A template of an earlier tip.
    ///
    /// @param template empty if it has left the shelf
    record Stale(Optional<ProvidedTemplate> template) implements Found {}

    /// An id that was never given out.
    record Unknown() implements Found {}

    private Edition edition(BlockTemplate template) {
        Edition edition = new Edition(++lastEdition, tipNumber, template, this::publish);
        current = edition;
        return edition;
    }

    /// Called without the lock, because it hashes.
    private ProvidedTemplate publish(BlockTemplate template) {
        return put(new ProvidedTemplate(nextId(), template));
    }

    private ProvidedTemplate publishAgain(ProvidedTemplate template) {
        return put(template.withId(nextId()));
    }

    private synchronized long nextId() {
        return ++lastId;
    }

    private synchronized ProvidedTemplate put(ProvidedTemplate template) {
        Edition newest = current;
        Entry entry = new Entry(template, null);
        boolean onBestTip = newest != null && entry.isOn(newest.full().prevHash());
        entries.put(template.id(), onBestTip ? entry : new Entry(template, clock.instant()));

        if (entries.size() > TEMPLATES_MAX) {
            entries.remove(entries.firstEntry().getKey());
        }
        return template;
    }

    private void removeExpired() {
        Instant limit = clock.instant().minus(STALE_KEPT);
        for (Iterator<Entry> each = entries.values().iterator(); each.hasNext(); ) {
            Instant staleSince = each.next().staleSince;
            if (staleSince != null && staleSince.isBefore(limit)) {
                each.remove();
            }
        }
    }

    /// `newer` with the transactions it has in common with `older` held once: a shelf full of templates then
    /// costs little more than one.
    private static BlockTemplate sharing(BlockTemplate older, BlockTemplate newer) {
        Map<Hash256, TemplateTransaction> known = new HashMap<>();
        older.transactions().forEach(transaction -> known.put(transaction.wtxid(), transaction));
        List<TemplateTransaction> transactions = newer.transactions().stream()
                .map(transaction -> transaction.equals(known.get(transaction.wtxid()))
                        ? known.getOrDefault(transaction.wtxid(), transaction)
                        : transaction)
                .toList();
        return new BlockTemplate(
                newer.version(),
                newer.prevHash(),
                newer.height(),
                newer.nBits(),
                newer.minTime(),
                newer.currentTime(),
                newer.coinbaseValue(),
                newer.segwit(),
                newer.weightLimit(),
                newer.sigopsLimit(),
                transactions);
    }

    private record Entry(
            ProvidedTemplate template, @Nullable Instant staleSince) {
        boolean isOn(Hash256 tip) {
            return template.template().prevHash().equals(tip);
        }
    }
}
