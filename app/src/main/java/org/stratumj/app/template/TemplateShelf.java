package org.stratumj.app.template;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.TemplateTransaction;

/// All editions that clients may still speak of. Any thread.
///
/// An edition is on the shelf before a template of it is sent, since the answer may come before the send
/// returns. It stays while its tip is the best, and [#STALE_KEPT] longer for solutions that were under way.
/// What is on the shelf depends on the node alone: no client can push another's templates off it.
final class TemplateShelf {
    /// How long templates of the previous tip can still be solved.
    static final Duration STALE_KEPT = Duration.ofSeconds(10);

    /// Most editions kept; the oldest goes first. At one every five seconds that is more than an hour's.
    static final int EDITIONS_MAX = 1024;

    /// The numbers at which editions may begin: half of those there are, so that no provider runs out of them.
    static final int BEGINNINGS = 1 << 30;

    private final InstantSource clock;
    private final LinkedHashMap<Long, Entry> entries = new LinkedHashMap<>();
    private final long lastOfOthers;
    private long lastEdition;
    private long tipNumber;
    private @Nullable Edition current;

    /// A shelf whose editions are numbered from 1.
    TemplateShelf(InstantSource clock) {
        this(clock, 0);
    }

    /// An empty shelf.
    ///
    /// @param lastOfOthers the edition before the first of this shelf, 0..2^30. Different for each life of a
    ///     provider: a client that reconnects names templates of the one before, and must not get others for them
    TemplateShelf(InstantSource clock, int lastOfOthers) {
        this.clock = clock;
        this.lastOfOthers = lastOfOthers;
        this.lastEdition = lastOfOthers;
    }

    /// Begins the editions of a new tip; those of the tip before are stale from now on.
    synchronized Edition newTip(BlockTemplate template) {
        Instant now = clock.instant();
        entries.replaceAll((_, entry) ->
                entry.isFresh() && !entry.edition.isOn(template.prevHash()) ? new Entry(entry.edition, now) : entry);
        tipNumber++;
        return add(template);
    }

    /// Adds an edition on the same tip. A template with another prevHash or `nBits` begins a new tip instead: clients
    /// get both by SetNewPrevHash only (testnet's target changes on one tip after twenty minutes without a block).
    /// Templates with the `nBits` before stay valid, since blocks of an earlier time still need them.
    synchronized Edition newFees(BlockTemplate template) {
        Edition before = current;
        if (before == null || !before.hasSameTip(template)) {
            return newTip(template);
        }
        return add(sharing(before.full(), template));
    }

    /// The newest edition; empty before the first.
    synchronized Optional<Edition> current() {
        return Optional.ofNullable(current);
    }

    /// What there is under an id that a client named.
    Found find(long id) {
        if (id < 0) {
            return new Unknown();
        }
        TemplateId parts = TemplateId.of(id);
        Optional<Entry> entry = entry(parts.edition());
        if (entry.isEmpty()) {
            return wasGiven(parts.edition()) ? new Stale(Optional.empty()) : new Unknown();
        }
        return entry.get()
                .edition
                .withFirst(parts.transactions())
                .map(template -> template.repeated(parts.repeat()))
                .<Found>map(template -> entry.get().isFresh() ? new Live(template) : new Stale(Optional.of(template)))
                .orElseGet(Unknown::new);
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

    private synchronized Optional<Entry> entry(long edition) {
        removeExpired();
        return Optional.ofNullable(entries.get(edition));
    }

    private synchronized boolean wasGiven(long edition) {
        return edition > lastOfOthers && edition <= lastEdition;
    }

    private Edition add(BlockTemplate template) {
        removeExpired();
        Edition edition = new Edition(++lastEdition, tipNumber, template);
        current = edition;
        entries.put(edition.number(), new Entry(edition, null));
        if (entries.size() > EDITIONS_MAX) {
            entries.remove(entries.firstEntry().getKey());
        }
        return edition;
    }

    private void removeExpired() {
        Instant limit = clock.instant().minus(STALE_KEPT);
        entries.values().removeIf(entry -> entry.isStaleSinceBefore(limit));
    }

    /// `newer` with the transactions it has in common with `older` held once: a shelf full of editions then
    /// costs little more than one.
    private static BlockTemplate sharing(BlockTemplate older, BlockTemplate newer) {
        Map<Hash256, TemplateTransaction> known = new HashMap<>();
        older.transactions().forEach(transaction -> known.put(transaction.wtxid(), transaction));
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
                newer.transactions().stream()
                        .map(transaction -> equalOrSame(known.get(transaction.wtxid()), transaction))
                        .toList());
    }

    private static TemplateTransaction equalOrSame(@Nullable TemplateTransaction known, TemplateTransaction same) {
        return known != null && known.equals(same) ? known : same;
    }

    private record Entry(Edition edition, @Nullable Instant staleSince) {
        boolean isFresh() {
            return staleSince == null;
        }

        boolean isStaleSinceBefore(Instant limit) {
            return staleSince != null && staleSince.isBefore(limit);
        }
    }
}
