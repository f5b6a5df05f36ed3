package org.stratumj.app.template;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.node.NodeException;
import org.stratumj.node.SubmitOutcome;

/// Submits blocks to one node, each until the node has given its verdict. Any thread; the node is only called on
/// threads of the executor.
///
/// Only a [SubmitOutcome] is a verdict. After anything else the block is submitted again, after pauses that double from
/// [#PAUSE_MIN] to [#PAUSE_MAX], until [#BURIED] blocks lie on top of it. [#PARALLEL_MAX] blocks are submitted at a
/// time, so that one call without an answer holds up no other block.
final class NodeSubmitter implements AutoCloseable {
    static final Duration PAUSE_MIN = Duration.ofMillis(100);
    static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    /// Calls to the node at a time.
    static final int PARALLEL_MAX = 8;

    /// Of them, those for blocks of an earlier life, which leave room for a block that was just found.
    static final int RESUMED_MAX = 4;

    /// Pause of a block of an earlier life that finds no room.
    static final Duration RESUMED_PAUSE = Duration.ofSeconds(1);

    /// A block without a verdict is given up once as many blocks lie on top of it.
    static final int BURIED = 6;

    /// The answer of a node that has not seen the block before yet: it may be behind another node, so this is none.
    private static final SubmitOutcome PARENT_UNKNOWN = new SubmitOutcome.Rejected("prev-blk-not-found");

    private static final System.Logger LOG = System.getLogger(NodeSubmitter.class.getName());

    private final BlockTaker node;
    private final LongSupplier tipHeight;
    private final Listener listener;
    private final ScheduledExecutorService executor;
    private final Map<Hash256, Submission> pending = new ConcurrentHashMap<>();
    private final Semaphore resumed = new Semaphore(RESUMED_MAX);

    /// @param tipHeight the height of the best block that is known
    /// @param executor  closed with this
    NodeSubmitter(BlockTaker node, LongSupplier tipHeight, Listener listener, ScheduledExecutorService executor) {
        this.node = node;
        this.tipHeight = tipHeight;
        this.listener = listener;
        this.executor = executor;
    }

    /// Threads for one submitter, as many as there are blocks to submit.
    static ScheduledExecutorService threads() {
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(
                PARALLEL_MAX,
                Thread.ofPlatform().daemon().name("block-submit-", 0).factory());
        threads.setKeepAliveTime(10, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setRemoveOnCancelPolicy(true);
        return threads;
    }

    /// What becomes of submitted blocks. Called on threads of the submitter, for one block by one thread at a time.
    interface Listener {
        /// The node's verdict. A block that the node had already counts as accepted if an attempt before got no
        /// answer: it was us who put it there.
        void onVerdict(NodeSubmitter from, PendingBlock block, SubmitOutcome verdict);

        /// An attempt got no verdict; another one follows.
        ///
        /// @param failures in a row
        void onWaiting(NodeSubmitter from, PendingBlock block, int failures, String why);

        /// There was no verdict in time.
        void onGivenUp(NodeSubmitter from, PendingBlock block, String why);
    }

    /// Begins to submit a block; one that is pending already is submitted at once, without the rest of its pause.
    void submit(PendingBlock block) {
        pending.computeIfAbsent(block.hash(), _ -> new Submission(block)).soon();
    }

    /// Stops submitting a block.
    void forget(Hash256 block) {
        Submission submission = pending.remove(block);
        if (submission != null) {
            submission.cancel();
        }
    }

    /// Begins no more attempts; [#awaitEnd] waits for those under way.
    @Override
    public void close() {
        executor.shutdown();
    }

    /// Waits for attempts under way, and breaks off those that take longer.
    void awaitEnd(Duration max) throws InterruptedException {
        if (!executor.awaitTermination(max.toMillis(), TimeUnit.MILLISECONDS)) {
            executor.shutdownNow();
        }
    }

    private final class Submission {
        private final PendingBlock block;
        private Duration pause = PAUSE_MIN;
        private int failures;
        private boolean unanswered;
        private boolean running;
        private @Nullable Future<?> next;

        Submission(PendingBlock block) {
            this.block = block;
            unanswered = block.isOfEarlierLife();
        }

        synchronized void soon() {
            pause = PAUSE_MIN;
            if (!running) {
                cancel();
                after(Duration.ZERO);
            }
        }

        synchronized void cancel() {
            if (next != null) {
                next.cancel(false);
            }
        }

        private void after(Duration delay) {
            try {
                next = executor.schedule(this::attempt, delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopping) {
                LOG.log(Level.DEBUG, "block {0} comes as the submitter stops", block.hash());
            }
        }

        private void attempt() {
            synchronized (this) {
                if (running || pending.get(block.hash()) != this) {
                    return;
                }
                if (block.isOfEarlierLife() && !resumed.tryAcquire()) {
                    after(RESUMED_PAUSE);
                    return;
                }
                running = true;
            }
            String trouble = "the attempt was cut short";
            try {
                SubmitOutcome outcome = node.submit(block.saved());
                trouble = "";
                onAnswer(outcome);
            } catch (NodeException | UncheckedIOException e) {
                trouble = String.valueOf(e.getMessage());
            } catch (RuntimeException e) {
                trouble = e.toString();
                LOG.log(Level.ERROR, "submitting block " + block.hash() + " failed", e);
            } finally { // also where an error ends this thread, the block goes on
                if (block.isOfEarlierLife()) {
                    resumed.release();
                }
                if (!trouble.isEmpty()) {
                    unanswered = true;
                    tryLater(trouble);
                }
            }
        }

        private void onAnswer(SubmitOutcome outcome) {
            if (outcome.equals(PARENT_UNKNOWN)) {
                tryLater("the node does not know the block before it yet");
                return;
            }
            pending.remove(block.hash(), this);
            boolean ours = unanswered && outcome instanceof SubmitOutcome.Duplicate;
            listener.onVerdict(NodeSubmitter.this, block, ours ? new SubmitOutcome.Accepted() : outcome);
        }

        private void tryLater(String why) {
            failures++;
            if (tipHeight.getAsLong() >= block.height() + BURIED) {
                pending.remove(block.hash(), this);
                listener.onGivenUp(NodeSubmitter.this, block, why);
                return;
            }
            try {
                listener.onWaiting(NodeSubmitter.this, block, failures, why);
            } finally {
                pause();
            }
        }

        private synchronized void pause() {
            running = false;
            after(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : doubled;
        }
    }
}
