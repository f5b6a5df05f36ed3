package org.stratumj.app.node;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;

/// A further node, that gets found blocks and gives no templates. It may be away: it is opened again with the next
/// block. Any thread.
public final class ReserveNode implements Role {
    private final String name;
    private final String address;
    private final Network network;
    private final Supplier<NodeBackend> opening;
    private final RoleContext context;
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private @Nullable NodeBackend node;
    private boolean closed;
    private volatile String note = "";

    /// Takes how to open the node, which happens at the start and whenever it was away.
    ///
    /// @param number  2 for the first after the one that gives templates
    /// @param network of the node that gives templates
    public ReserveNode(int number, NodeSpec spec, Network network, RoleContext context) {
        this(number, spec.toString(), () -> spec.open(context.clock()), network, context);
    }

    ReserveNode(int number, String address, Supplier<NodeBackend> opening, Network network, RoleContext context) {
        this.name = NodeRole.NAME + "-" + number;
        this.address = address;
        this.opening = opening;
        this.network = network;
        this.context = context;
    }

    @Override
    public String name() {
        return name;
    }

    /// Opens the node; one that is away is reported and does not keep the others from their work.
    @Override
    public void start() {
        try {
            open();
        } catch (NodeException.Misconfigured e) {
            throw new RoleException(String.valueOf(e.getMessage()), e);
        } catch (NodeException e) {
            note = String.valueOf(e.getMessage());
            context.events().on(new RoleEvent.Warning(name, note + "; it gets blocks once it is there"));
        }
    }

    /// Brings the node a block, as [NodeBackend#submit].
    public SubmitOutcome submit(RawBlock block) {
        try {
            SubmitOutcome outcome = open().submit(block);
            note = "";
            submitted.incrementAndGet();
            if (outcome instanceof SubmitOutcome.Accepted) {
                accepted.incrementAndGet();
            }
            return outcome;
        } catch (NodeException e) {
            note = String.valueOf(e.getMessage());
            throw e;
        }
    }

    @Override
    public RoleStatus status() {
        return RoleStatus.of(name)
                .address(address)
                .blocks(submitted.get(), accepted.get())
                .note(note)
                .build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (node != null) {
            node.close();
            node = null;
        }
    }

    private synchronized NodeBackend open() {
        if (closed) {
            throw new NodeException.Unavailable(name + " is closed");
        }
        NodeBackend opened = node;
        if (opened == null) {
            opened = checked(opening.get());
            node = opened;
        }
        return opened;
    }

    private NodeBackend checked(NodeBackend opened) {
        if (opened.network() != network) {
            opened.close();
            throw new NodeException.Misconfigured(
                    "the node at %s is on %s and the first one on %s; give nodes of one network"
                            .formatted(address, opened.network(), network));
        }
        return opened;
    }
}
