package org.stratumj.app.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.block.Fate;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.node.SubmitOutcome;

/// What the nodes have said of one block so far. One node that has the block is enough for it to count as accepted; it
/// is refused only when all have refused it. Not thread-safe.
final class Standing {
    private final String role;
    private final PendingBlock block;
    private final Set<NodeSubmitter> waiting;
    private final List<String> reasons = new ArrayList<>();
    private boolean accepted;
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
    /// @param name before its words in the log
    /// @return what there is to report
    List<RoleEvent> onVerdict(NodeSubmitter node, String name, SubmitOutcome verdict) {
        waiting.remove(node);
        return switch (verdict) {
            case SubmitOutcome.Accepted _ -> onAccepted();
            case SubmitOutcome.Duplicate _ -> onKnown();
            case SubmitOutcome.Rejected(var reason) -> {
                overtaken &= reason.equals(SubmitOutcome.INCONCLUSIVE);
                yield missed(name + reason);
            }
        };
    }

    /// A node gave no verdict in time.
    List<RoleEvent> onGivenUp(NodeSubmitter node, String name, String why) {
        waiting.remove(node);
        overtaken = false;
        unanswered = true;
        return missed(name + "no verdict before " + NodeSubmitter.BURIED + " blocks lay on top: " + why);
    }

    private List<RoleEvent> onAccepted() {
        boolean first = !accepted;
        accepted = true;
        fate = Fate.ACCEPTED;
        return first ? List.of(new RoleEvent.BlockAccepted(role, hash(), block.height())) : List.of();
    }

    /// Of several nodes, one may have the block from another before that answers.
    private List<RoleEvent> onKnown() {
        fate = Fate.ACCEPTED;
        return isOver() && !accepted
                ? List.of(new RoleEvent.Note(role, "the node knows block " + hash() + " already"))
                : List.of();
    }

    private List<RoleEvent> missed(String reason) {
        reasons.add(reason);
        if (fate != null) {
            return List.of(new RoleEvent.Warning(role, "block " + hash() + " not taken by a node: " + reason));
        } else if (!isOver()) {
            return List.of();
        }
        fate = unanswered ? Fate.GIVEN_UP : Fate.REJECTED;
        String all = String.join("; ", reasons);
        return List.of(
                overtaken
                        ? new RoleEvent.BlockOvertaken(role, hash(), all)
                        : new RoleEvent.BlockRejected(role, hash(), all));
    }

    private String hash() {
        return block.hash().toString();
    }
}
