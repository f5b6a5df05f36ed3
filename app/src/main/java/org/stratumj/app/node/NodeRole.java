package org.stratumj.app.node;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;

/// The node of this process as the lowest of its roles: opened before the roles that build on it and closed
/// after them. Blocks and the tip in its status are the node's own word.
public final class NodeRole implements Role {
    public static final String NAME = "node";
    private final String address;
    private final Supplier<NodeBackend> opening;
    private final AtomicLong blocksSubmitted = new AtomicLong();
    private final AtomicLong blocksAccepted = new AtomicLong();
    private volatile @Nullable NodeBackend node;
    private volatile @Nullable ChainTip tip;
    private volatile String note = "";

    /// Takes how to open the node, which happens at the start.
    ///
    /// @param address what the user knows it by
    public NodeRole(String address, Supplier<NodeBackend> opening) {
        this.address = address;
        this.opening = opening;
    }

    /// The node that a user asked for.
    public static NodeRole of(NodeSpec spec, RoleContext context) {
        return new NodeRole(spec.toString(), () -> spec.open(context.clock()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        try {
            NodeBackend opened = opening.get();
            node = opened;
            tip = opened.tip();
        } catch (NodeException e) {
            close();
            throw new RoleException(String.valueOf(e.getMessage()), e);
        }
    }

    /// The node, for the roles above; after [#start]. What they do with it shows in the status. Closing it is
    /// left to this role.
    public NodeBackend backend() {
        NodeBackend opened = node;
        if (opened == null) {
            throw new IllegalStateException("the node is not started");
        }
        return new ObservedNode(opened, this::onTip, this::onOutcome, this::onReachable);
    }

    @Override
    public RoleStatus status() {
        RoleStatus.Builder status = RoleStatus.of(NAME)
                .address(address)
                .blocks(blocksSubmitted.get(), blocksAccepted.get())
                .note(note);
        ChainTip known = tip;
        return (known == null ? status : status.tip(known.height(), known.hash().toString())).build();
    }

    @Override
    public void close() {
        NodeBackend opened = node;
        node = null;
        if (opened != null) {
            try (opened) {
                tip = opened.tip();
            } catch (NodeException e) {
                note = String.valueOf(e.getMessage());
            }
        }
    }

    private void onTip(ChainTip changed) {
        tip = changed;
    }

    private void onOutcome(boolean accepted) {
        blocksSubmitted.incrementAndGet();
        if (accepted) {
            blocksAccepted.incrementAndGet();
        }
    }

    private void onReachable(String trouble) {
        note = trouble;
    }
}
