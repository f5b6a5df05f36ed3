package org.stratumj.app.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.block.Fate;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.node.SubmitOutcome;

/// What the nodes have said of one block so far. One node that has the block is enough for it to count as accepted; it
/// is refused only when all have refused it. Not thread-safe.
///
/// The first acceptance is reported when it comes; the rest is one line at the end, unless every node has the block.
final class Standing {
    private final String role;
    private final PendingBlock block;
    private final Set<NodeSubmitter> waiting;
    private final Map<String, String> words = new LinkedHashMap<>();
    private boolean accepted;
    private boolean missed;
    private boolean overtaken = true;
    private boolean unanswered;
    private @Nullable Fate fate;

    /// @param role  for the events
    /// @param nodes those that the block goes to
    Standing(String role, PendingBlock block, Collection<NodeSubmitter> nodes) {
        this.role = role;
        this.block = block;
        waiting = new LinkedHashSet<>(nodes);
    }

    PendingBlock block() {
        return block;
    }

    /// The nodes without a verdict.
    List<NodeSubmitter> waiting() {
        return List.copyOf(waiting);
    }

    /// Whether no node is to say any more.
    boolean isOver() {
        return waiting.isEmpty();
    }

    /// Whether each node has given a verdict.
    boolean isJudged() {
        return isOver() && !unanswered;
    }

    /// The end of the block, as soon as it is certain.
    Optional<Fate> fate() {
        return Optional.ofNullable(fate);
    }

    /// A node gave its verdict.
    ///
    /// @param name of the node in the log; empty if it is the only one
    /// @return what there is to report
    List<RoleEvent> onVerdict(NodeSubmitter node, String name, SubmitOutcome verdict) {
        List<RoleEvent> news = new ArrayList<>();
        switch (verdict) {
            case SubmitOutcome.Accepted _ -> {
                if (!accepted) {
                    news.add(new RoleEvent.BlockAccepted(role, hash(), block.height()));
                }
                accepted = true;
                fate = Fate.ACCEPTED;
                words.put(name, "accepted");
            }
            case SubmitOutcome.Duplicate _ -> { // of several nodes, one may have it from another before that answers
                fate = Fate.ACCEPTED;
                words.put(name, "known already");
            }
            case SubmitOutcome.Rejected(var reason) -> {
                missed = true;
                overtaken &= reason.equals(SubmitOutcome.INCONCLUSIVE);
                words.put(name, reason);
            }
        }
        news.addAll(onEnd(node));
        return news;
    }

    /// A node gave no verdict in time.
    List<RoleEvent> onGivenUp(NodeSubmitter node, String name, String why) {
        missed = true;
        unanswered = true;
        words.put(name, "no verdict before " + NodeSubmitter.BURIED + " blocks lay on top: " + why);
        return onEnd(node);
    }

    private List<RoleEvent> onEnd(NodeSubmitter node) {
        waiting.remove(node);
        return isOver() ? summary() : List.of();
    }

    private List<RoleEvent> summary() {
        if (fate == Fate.ACCEPTED) {
            if (missed) {
                return List.of(new RoleEvent.Warning(role, "block " + hash() + " is not with every node: " + words()));
            }
            return accepted
                    ? List.of()
                    : List.of(new RoleEvent.Note(role, "the node knows block " + hash() + " already"));
        } else if (unanswered) {
            fate = Fate.GIVEN_UP;
            return List.of(new RoleEvent.Warning(role, "block " + hash() + " is given up: " + words()));
        }
        fate = Fate.REJECTED;
        return List.of(
                overtaken
                        ? new RoleEvent.BlockOvertaken(role, hash(), words())
                        : new RoleEvent.BlockRejected(role, hash(), words()));
    }

    private String words() {
        return words.entrySet().stream()
                .map(said -> said.getKey().isEmpty() ? said.getValue() : said.getKey() + ": " + said.getValue())
                .collect(Collectors.joining("; "));
    }

    private String hash() {
        return block.hash().toString();
    }
}
