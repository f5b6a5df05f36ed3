package org.stratumj.app.proxy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.stratumj.connection.ConnectionId;

/// Answers of an upstream over some time, by miner and by reason. A miner is a connection: one connection may have a
/// thousand channels.
///
/// For one thread at a time.
final class AnswerTally {
    /// Maximum number of reasons told apart, since an upstream can make them up.
    static final int REASONS_MAX = 8;

    /// Maximum number of miners told apart; answers to the shares of others count in the sums alone. Each costs its
    /// owner a share that meets the upstream's target.
    static final int MINERS_MAX = 1024;

    /// The fraction of refused shares that is too much, in all and of one miner.
    static final double REFUSED_MAX = 0.5;

    private static final String OTHER_REASONS = "for other reasons";

    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<ConnectionId, Answers> miners = new HashMap<>();
    private final Answers all = new Answers();

    private static final class Answers {
        private long count;
        private long refused;

        boolean areMostlyRefusals() {
            return refused > 0 && refused >= REFUSED_MAX * count;
        }
    }

    /// Counts accepted shares.
    ///
    /// @param miner the finder; empty if not known
    void accepted(Optional<ConnectionId> miner, long count) {
        all.count += count;
        of(miner).ifPresent(answers -> answers.count += count);
    }

    /// Counts a refused share.
    ///
    /// @param miner the finder; empty if not known
    void refused(Optional<ConnectionId> miner, String reason) {
        boolean known = reasons.containsKey(reason) || reasons.size() < REASONS_MAX;
        reasons.merge(known ? reason : OTHER_REASONS, 1L, Long::sum);
        count(all);
        of(miner).ifPresent(AnswerTally::count);
    }

    long answers() {
        return all.count;
    }

    long refused() {
        return all.refused;
    }

    /// Whether at least [#REFUSED_MAX] of all shares were refused.
    boolean isMostlyRefusals() {
        return all.areMostlyRefusals();
    }

    /// Whether that is so for more than half of the miners too, or no miner is known.
    boolean isForMostMiners() {
        return miners.isEmpty() || 2 * mostlyRefused() > miners.size();
    }

    /// Number of miners of whose shares at least [#REFUSED_MAX] were refused.
    long mostlyRefused() {
        return miners.values().stream().filter(Answers::areMostlyRefusals).count();
    }

    /// Number of miners.
    int miners() {
        return miners.size();
    }

    /// The miner that found all refused shares; empty if there are several or an unknown one.
    Optional<ConnectionId> onlyRefused() {
        return miners.entrySet().stream()
                .filter(miner -> miner.getValue().refused == all.refused && all.refused > 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// What was refused, and whose it was if only one of several miners is concerned.
    @Override
    public String toString() {
        String miner = miners() < 2
                ? ""
                : onlyRefused()
                        .map(id -> ", all from " + id + ", one of " + miners() + " miners")
                        .orElse("");
        return reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .collect(Collectors.joining(", ", "refused " + all.refused + " of " + all.count + " shares: ", miner));
    }

    private static void count(Answers refused) {
        refused.count++;
        refused.refused++;
    }

    private Optional<Answers> of(Optional<ConnectionId> miner) {
        return miner.filter(id -> miners.containsKey(id) || miners.size() < MINERS_MAX)
                .map(id -> miners.computeIfAbsent(id, _ -> new Answers()));
    }
}
