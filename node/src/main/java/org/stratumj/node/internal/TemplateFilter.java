package org.stratumj.node.internal;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.WatchPolicy;

/// Stands between a backend, which offers every template it comes by, and a listener, which is to hear only of
/// new tips and targets, of fees that have risen enough, and once of an outage. Thread-safe: calls to the listener are
/// made
/// one at a time.
public final class TemplateFilter {
    private final WatchPolicy policy;
    private final NodeListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable BlockTemplate last;
    private boolean lost;
    private volatile boolean closed;

    /// A filter that has told its listener nothing yet.
    public TemplateFilter(WatchPolicy policy, NodeListener listener) {
        this.policy = policy;
        this.listener = listener;
    }

    /// Passes the template on if it is news.
    public void offer(BlockTemplate template) {
        lock.lock();
        try {
            if (lost) {
                lost = false;
                tell(NodeListener::restored);
            }
            BlockTemplate before = last;
            if (before == null || !isSameWork(before, template)) {
                last = template;
                tell(heard -> heard.tipChanged(template));
            } else if (template.fees() - before.fees() >= policy.feeDelta()) {
                last = template;
                tell(heard -> heard.feesRose(template));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Passes the first of a row of failures on.
    public void failed(NodeException why) {
        lock.lock();
        try {
            if (!lost) {
                lost = true;
                tell(heard -> heard.lost(why));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets nothing more through.
    public void close() {
        closed = true;
    }

    /// Whether nothing more gets through.
    public boolean isClosed() {
        return closed;
    }

    /// Testnets drop the difficulty when 20 minutes pass without a block: the target is news like a tip.
    private static boolean isSameWork(BlockTemplate before, BlockTemplate after) {
        return before.prevHash().equals(after.prevHash()) && before.nBits() == after.nBits();
    }

    /// A listener that fails must not end the watch.
    private void tell(Consumer<NodeListener> call) {
        if (!closed) {
            Guard.run("a listener of the node", () -> call.accept(listener));
        }
    }
}
