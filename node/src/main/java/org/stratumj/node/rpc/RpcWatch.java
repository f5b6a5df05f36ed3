package org.stratumj.node.rpc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeException;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.internal.TemplateFilter;

/// Two loops on virtual threads: a long poll, which the node answers when its tip changes, and a look at the fees
/// every so often, because long polls notice those only after a minute.
final class RpcWatch implements Watch {
    /// A long poll that takes longer is asked again: the connection may have died unnoticed.
    private static final Duration LONG_POLL_TIMEOUT = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(RpcWatch.class.getName());

    private final RpcNode node;
    private final RpcOptions options;
    private final WatchPolicy policy;
    private final TemplateFilter filter;
    private final Consumer<RpcWatch> onClose;
    private final ReentrantLock order = new ReentrantLock();
    private final AtomicLong polls = new AtomicLong();
    private final Thread poller = Thread.ofVirtual().name("node-long-poll").unstarted(this::pollTips);
    private final Thread looker = Thread.ofVirtual().name("node-fees").unstarted(this::lookAtFees);

    RpcWatch(RpcNode node, RpcOptions options, WatchPolicy policy, TemplateFilter filter, Consumer<RpcWatch> onClose) {
        this.node = node;
        this.options = options;
        this.policy = policy;
        this.filter = filter;
        this.onClose = onClose;
    }

    void start() {
        poller.start();
        looker.start();
    }

    @Override
    public void close() {
        filter.close();
        poller.interrupt();
        looker.interrupt();
        onClose.accept(this);
    }

    private void pollTips() {
        Optional<String> longPollId = Optional.empty();
        Duration pause = options.backoffMin();
        while (!filter.isClosed()) {
            long began = System.nanoTime();
            try {
                RpcNode.Polled polled = node.longPoll(longPollId, LONG_POLL_TIMEOUT);
                longPollId = polled.longPollId();
                pause = options.backoffMin();
                offerPolled(polled.template());
                if (longPollId.isEmpty()) {
                    sleep(policy.feeInterval());
                }
            } catch (NodeException e) {
                if (System.nanoTime() - began < LONG_POLL_TIMEOUT.toNanos()) {
                    failed(e);
                    sleep(pause);
                    pause = shorter(pause.multipliedBy(2), options.backoffMax());
                }
            }
        }
    }

    private void lookAtFees() {
        while (!filter.isClosed()) {
            sleep(policy.feeInterval());
            if (filter.isClosed()) {
                return;
            }
            try {
                long before = polls.get();
                offerUnlessPolled(node.template(), before);
            } catch (NodeException e) {
                failed(e);
            }
        }
    }

    private void offerPolled(BlockTemplate template) {
        order.lock();
        try {
            polls.incrementAndGet();
            filter.offer(template);
        } finally {
            order.unlock();
        }
    }

    /// What a poll brought since `before` may be newer than this template, which would then lead back to an old
    /// tip.
    private void offerUnlessPolled(BlockTemplate template, long before) {
        order.lock();
        try {
            if (polls.get() == before) {
                filter.offer(template);
            }
        } finally {
            order.unlock();
        }
    }

    private void failed(NodeException e) {
        if (!filter.isClosed()) {
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
            filter.failed(e);
        }
    }

    private void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException closing) {
            // The loop ends by itself: only close interrupts.
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
