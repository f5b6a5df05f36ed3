package org.stratumj.app.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
///
/// A node that is not ready (not reachable, starting, downloading the chain, in trouble, behind a gateway that answers
/// in its place) is waited for; one that cannot be used as it is configured ends the start.
public final class NodeRole implements Role {
    public static final String NAME = "node";

    /// Pause between two attempts to open a node that is not ready.
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// Interval of log lines about a node that is not ready or does not answer.
    private static final Duration REPORT = Duration.ofSeconds(30);

    /// Pause between two looks at how long the node has been silent.
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Shortest silence of a node that is reported.
    private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    /// How long a node that is closed may take to show its last tip; an end has a few seconds for all roles.
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger("org.stratumj.app." + NAME);

    private final String address;
    private final Supplier<NodeBackend> opening;
    private final Consumer<NodeBackend> check;
    private final Duration retry;
    private final Duration report;
    private final Consumer<String> warnings;
    private final SilenceWatch silence;
    private final AtomicLong blocksSubmitted = new AtomicLong();
    private final AtomicLong blocksAccepted = new AtomicLong();
    private volatile @Nullable NodeBackend node;
    private volatile @Nullable ChainTip tip;
    private volatile String note = "";

    /// Takes how to open the node, which happens at the start.
    ///
    /// @param address what the user knows it by
    /// @param check   throws if the node is the wrong one; called before the node is waited for
    public NodeRole(String address, Supplier<NodeBackend> opening, Consumer<NodeBackend> check) {
        this(address, opening, check, RETRY, REPORT, line -> LOG.log(System.Logger.Level.WARNING, line));
    }

    NodeRole(
            String address,
            Supplier<NodeBackend> opening,
            Consumer<NodeBackend> check,
            Duration retry,
            Duration report,
            Consumer<String> warnings) {
        this.address = address;
        this.opening = opening;
        this.check = check;
        this.retry = retry;
        this.report = report;
        this.warnings = warnings;
        this.silence = new SilenceWatch(SILENCE_MAX, report, warnings);
    }

    /// The node that a user asked for.
    public static NodeRole of(NodeSpec spec, RoleContext context) {
        return of(spec, context, _ -> {});
    }

    /// The node that a user asked for, if it passes a check.
    ///
    /// @param check throws if the node is the wrong one; called before the node is waited for
    public static NodeRole of(NodeSpec spec, RoleContext context, Consumer<NodeBackend> check) {
        spec.warnOfPublicSecrets();
        return new NodeRole(spec.toString(), () -> spec.open(context.clock()), check);
    }

    @Override
    public String name() {
        return NAME;
    }

    /// Returns when the node gives templates.
    ///
    /// @throws RoleException if the node cannot be used, or the thread is interrupted while it waits
    @Override
    public void start() {
        try {
            NodeBackend opened = openWhenReady();
            node = opened;
            Thread.ofVirtual().name("node-silence").start(() -> watchSilence(opened));
        } catch (NodeException e) {
            close();
            throw new RoleException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RoleException("stopped while waiting for the node at " + address, e);
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
        NodeBackend opened = node;
        if (opened != null) {
            Duration silent = opened.silence();
            status.nodeSilence(silent);
            status.note(note.isEmpty() ? silence.note(silent) : note);
        }
        ChainTip known = tip;
        return (known == null ? status : status.tip(known.height(), known.hash().toString())).build();
    }

    @Override
    public void close() {
        NodeBackend opened = node;
        node = null;
        if (opened != null) {
            try (opened) {
                lookAtLastTip(opened);
            }
        }
    }

    private void lookAtLastTip(NodeBackend opened) {
        CompletableFuture<ChainTip> last = CompletableFuture.supplyAsync(opened::tip, Thread::startVirtualThread);
        try {
            tip = last.get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            note = String.valueOf(last.exceptionNow().getMessage());
        } catch (TimeoutException e) {
            note = "no answer from the node at the end";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private NodeBackend openWhenReady() throws InterruptedException {
        long reported = System.nanoTime() - report.toNanos();
        while (true) {
            try {
                return open();
            } catch (NodeException.Unavailable | NodeException.BadAnswer e) {
                if (System.nanoTime() - reported >= report.toNanos()
                        && !Thread.currentThread().isInterrupted()) {
                    reported = System.nanoTime();
                    warnings.accept("waiting for the node: " + e.getMessage());
                }
            }
            Thread.sleep(retry);
        }
    }

    private NodeBackend open() {
        NodeBackend opened = opening.get();
        try {
            check.accept(opened);
            opened.template();
            tip = opened.tip();
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /// Ends with the node.
    private void watchSilence(NodeBackend opened) {
        try {
            while (opened.equals(node)) {
                silence.look(opened.silence());
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
