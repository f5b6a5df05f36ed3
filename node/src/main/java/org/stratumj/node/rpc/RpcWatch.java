package org.stratumj.node.rpc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeException;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.internal.Guard;
import org.stratumj.node.internal.TemplateFilter;

/// Two loops on virtual threads: a long poll, which the node answers when its tip changes, and a look at the template
/// every so often, because long polls notice fees only after a minute and a target that changes with the time never.
///
/// A loop ends with the watch and not before, whatever is thrown in it.
final class RpcWatch implements Watch {
    /// A long poll that takes longer is asked again: the connection may have died unnoticed.
    private static final Duration LONG_POLL_MAX = Duration.ofMinutes(10);

    /// Least time between two long polls that bring no new tip: a node may answer them at once.
    static final Duration LONG_POLL_INTERVAL_MIN = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(RpcWatch.class.getName());

    private final RpcNode node;
    private final RpcOptions options;
    private final WatchPolicy policy;
    private final TemplateFilter filter;
    private final Consumer<RpcWatch> onClose;
    private final ReentrantLock order = new ReentrantLock();
    private final AtomicLong polls = new AtomicLong();
    private final Thread poller = Thread.ofVirtual().name("node-long-poll").unstarted(() -> repeat(this::pollTip));
    private final Thread looker = Thread.ofVirtual().name("node-fees").unstarted(() -> repeat(this::lookAtFees));

    /// Of the long poll before, on its thread.
    private Optional<String> longPollId = Optional.empty();

    private Optional<Hash256> polledTip = Optional.empty();
    private Duration pollPause;

    RpcWatch(RpcNode node, RpcOptions options, WatchPolicy policy, TemplateFilter filter, Consumer<RpcWatch> onClose) {
        this.node = node;
        this.options = options;
        this.policy = policy;
        this.filter = filter;
        this.onClose = onClose;
        this.pollPause = options.backoffMin();
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

    private void repeat(Runnable turn) {
        while (!filter.isClosed()) {
            if (!Guard.run("a watch of the node", turn)) {
                sleep(options.backoffMax());
            }
        }
    }

    private void pollTip() {
        long began = System.nanoTime();
        try {
            RpcNode.Polled polled = node.longPoll(longPollId, LONG_POLL_MAX);
            longPollId = polled.longPollId();
            pollPause = options.backoffMin();
            offerPolled(polled.template());
            sleep(pauseAfter(polled.template().prevHash(), began));
        } catch (NodeException e) {
            if (since(began).compareTo(LONG_POLL_MAX) < 0) {
                failed(e);
                sleep(pollPause);
                pollPause = shorter(pollPause.multipliedBy(2), options.backoffMax());
            }
        }
    }

    /// None after a new tip, since the next may have come meanwhile.
    private Duration pauseAfter(Hash256 tip, long began) {
        boolean sameTip = polledTip.filter(tip::equals).isPresent();
        polledTip = Optional.of(tip);
        if (longPollId.isEmpty()) {
            return policy.feeInterval();
        }
        return sameTip ? LONG_POLL_INTERVAL_MIN.minus(since(began)) : Duration.ZERO;
    }

    private void lookAtFees() {
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

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /// Returns at once if the duration is not positive, or the watch closes.
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
