package org.stratumj.app.node;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.Role;
import org.stratumj.app.role.RoleContext;
import org.stratumj.app.role.RoleEvent;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;

/// A further node, that gets found blocks and gives no templates. It may be away, at the start too: a thread of its own
/// opens it, looks at it now and then, and reports once that it is gone and once that it is back. Any thread.
public final class ReserveNode implements Role {
    private static final System.Logger LOG = System.getLogger(ReserveNode.class.getName());

    /// How long a start waits for the node, so that a wrong one ends it. One that answers does so in milliseconds.
    private static final Duration START_MAX = Duration.ofSeconds(1);

    /// Pause between two looks at the node.
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final String name;
    private final String address;
    private final Supplier<NodeBackend> opening;
    private final Network network;
    private final RoleEvents events;
    private final Duration startMax;
    private final Duration look;
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    /// True once the node has answered or failed, false if that takes too long.
    private final CompletableFuture<Boolean> firstLook = new CompletableFuture<>();
    private final Thread looking;
    private volatile @Nullable NodeBackend node;
    private volatile boolean closed;
    private volatile String note = "";
    private String reported = "";

    /// Takes how to open the node.
    ///
    /// @param number  2 for the first after the one that gives templates
    /// @param network of the node that gives templates
    public ReserveNode(int number, NodeSpec spec, Network network, RoleContext context) {
        this(number, spec.toString(), () -> spec.open(context.clock()), network, context.events(), START_MAX, LOOK);
        spec.warnOfPublicSecrets();
    }

    ReserveNode(
            int number,
            String address,
            Supplier<NodeBackend> opening,
            Network network,
            RoleEvents events,
            Duration startMax,
            Duration look) {
        this.name = NodeRole.NAME + "-" + number;
        this.address = address;
        this.opening = opening;
        this.network = network;
        this.events = events;
        this.startMax = startMax;
        this.look = look;
        looking = Thread.ofVirtual().name(name).unstarted(this::lookUntilClosed);
    }

    @Override
    public String name() {
        return name;
    }

    /// Begins to open the node; one that is away is reported and does not keep the others from their work.
    ///
    /// @throws RoleException if the node answers and is the wrong one
    @Override
    public void start() {
        looking.start();
        try {
            boolean looked = firstLook
                    .completeOnTimeout(false, startMax.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
            if (!looked) {
                onTrouble("no answer yet from the node at " + address, "away");
            }
        } catch (CompletionException e) {
            close();
            throw new RoleException(String.valueOf(firstLook.exceptionNow().getMessage()), e);
        }
    }

    /// Brings the node a block, as [NodeBackend#submit].
    ///
    /// @throws NodeException.Unavailable if the node has not been there yet
    public SubmitOutcome submit(RawBlock block) {
        NodeBackend opened = node;
        if (opened == null) {
            throw new NodeException.Unavailable(note.isEmpty() ? "not opened yet" : note);
        }
        SubmitOutcome outcome = opened.submit(block);
        submitted.incrementAndGet();
        if (outcome instanceof SubmitOutcome.Accepted) {
            accepted.incrementAndGet();
        }
        return outcome;
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
    public void close() {
        closed = true;
        looking.interrupt();
        closeNode();
    }

    private void lookUntilClosed() {
        try {
            while (!closed) {
                look();
                Thread.sleep(look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            NodeBackend opened = node;
            if (opened == null) {
                open();
            } else {
                opened.tip();
            }
            onSuccess();
            firstLook.complete(true);
        } catch (NodeException.Misconfigured e) {
            if (firstLook.completeExceptionally(e)) {
                closed = true; // the start ends
            } else {
                onTrouble(String.valueOf(e.getMessage()), "wrong");
            }
        } catch (NodeException e) {
            onTrouble(String.valueOf(e.getMessage()), "away");
            firstLook.complete(true);
        } catch (RuntimeException e) { // a fault of this program, which must not end the looks
            LOG.log(Level.ERROR, "looking at the node at " + address + " failed", e);
            onTrouble(e.toString(), "away");
            firstLook.complete(true);
        }
    }

    private void open() {
        NodeBackend opened = opening.get();
        if (opened.network() != network) {
            opened.close();
            throw new NodeException.Misconfigured(
                    "the node at %s is on %s and the first one on %s; give nodes of one network"
                            .formatted(address, opened.network(), network));
        }
        node = opened;
        if (closed) { // meanwhile
            closeNode();
        }
    }

    private synchronized void closeNode() {
        NodeBackend opened = node;
        node = null;
        if (opened != null) {
            opened.close();
        }
    }

    /// @param kind of trouble; each is reported once until the node is back
    private synchronized void onTrouble(String why, String kind) {
        note = why;
        if (!closed && !reported.equals(kind)) {
            reported = kind;
            events.on(new RoleEvent.Warning(name, why + "; it gets blocks once it is there"));
        }
    }

    private synchronized void onSuccess() {
        note = "";
        if (!reported.isEmpty()) {
            reported = "";
            events.on(new RoleEvent.Note(name, "the node at " + address + " is there, and gets blocks"));
        }
    }
}
