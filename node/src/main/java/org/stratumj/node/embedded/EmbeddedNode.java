package org.stratumj.node.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.BitcoinFormatException;
import org.stratumj.bitcoin.Block;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Network;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.bitcoin.Transaction;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.ChainTip;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeListener;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.Watch;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.internal.Guard;
import org.stratumj.node.internal.TemplateFilter;

/// A node that is a chain in this process. It starts with [#PREFIX_BLOCKS] blocks, and those of its file if it has
/// one; all else it forgets when closed. A real node of the same network accepts its blocks one after the other.
///
/// Thread-safe. Listeners are called on a thread of the node.
public final class EmbeddedNode implements NodeBackend {
    /// Blocks after genesis that every embedded chain begins with.
    public static final int PREFIX_BLOCKS = ChainPrefix.BLOCKS;

    private static final System.Logger LOG = System.getLogger(EmbeddedNode.class.getName());
    private static final long VERSION = 0x20000000L;

    private final EmbeddedOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Chain chain;
    private final Mempool mempool;
    private final TransactionSource source;
    private final List<TemplateFilter> watches = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread;

    private final @Nullable ChainFile file;

    private EmbeddedNode(EmbeddedOptions options, ScheduledExecutorService thread) {
        this.options = options;
        this.thread = thread;
        chain = new Chain(options.profile());
        loadPrefix();
        file = options.file() == null ? null : openFile(options.file());
        mempool = new Mempool(chain);
        source = new TransactionSource(new SplittableRandom(options.seed()));
    }

    /// A running node.
    ///
    /// @throws org.stratumj.node.NodeException.Misconfigured if its file cannot be used, is in use, or
    ///     holds anything but blocks of this chain
    public static EmbeddedNode start(EmbeddedOptions options) {
        return start(
                options,
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("embedded-node").factory()));
    }

    /// A running node on a thread of the caller's choice, as one of virtual time.
    ///
    /// @param thread one, which the node ends when it is closed
    public static EmbeddedNode start(EmbeddedOptions options, ScheduledExecutorService thread) {
        EmbeddedNode node = new EmbeddedNode(options, thread);
        node.makeTransactions(options.transactionsAtStart());
        node.scheduleTransactions();
        return node;
    }

    @Override
    public Network network() {
        return options.profile().network();
    }

    @Override
    public ChainTip tip() {
        return locked(() -> new ChainTip(chain.tip().hash(), chain.tip().height()));
    }

    @Override
    public BlockTemplate template() {
        return locked(() -> {
            ChainEntry tip = chain.tip();
            var transactions = mempool.select();
            long fees = transactions.stream()
                    .mapToLong(transaction -> transaction.fee())
                    .sum();
            long minTime = tip.medianTimePast() + 1;
            return new BlockTemplate(
                    VERSION,
                    tip.hash(),
                    tip.height() + 1,
                    options.profile().bitsAfter(tip),
                    minTime,
                    Math.max(now(), minTime),
                    options.profile().subsidy(tip.height() + 1) + fees,
                    true,
                    Block.WEIGHT_MAX,
                    Block.SIGOPS_MAX,
                    transactions);
        });
    }

    @Override
    public Watch watch(WatchPolicy policy, NodeListener listener) {
        TemplateFilter filter = new TemplateFilter(policy, listener);
        watches.add(filter);
        Future<?> looks = repeat(Duration.ZERO, policy.feeInterval(), () -> filter.offer(template()));
        return () -> {
            filter.close();
            watches.remove(filter);
            looks.cancel(false);
        };
    }

    @Override
    public SubmitOutcome submit(RawBlock raw) {
        HashedBlock block;
        try {
            block = HashedBlock.of(raw.parse());
        } catch (BitcoinFormatException e) {
            return undecodable();
        }
        SubmitOutcome outcome = locked(() -> submit(block));
        if (outcome instanceof SubmitOutcome.Accepted) {
            announceSoon();
        }
        return outcome;
    }

    @Override
    public SubmitOutcome propose(RawBlock raw) {
        try {
            HashedBlock block = HashedBlock.of(raw.parse());
            return locked(() -> chain.propose(block, now()));
        } catch (BitcoinFormatException e) {
            return undecodable();
        }
    }

    @Override
    public Optional<RawTransaction> transaction(Hash256 txid) {
        return locked(() -> mempool.byTxid(txid).or(() -> inBlock(txid)));
    }

    @Override
    public Map<Hash256, RawTransaction> transactionsByWtxid(Collection<Hash256> wtxids) {
        return locked(() -> mempool.byWtxid(wtxids));
    }

    @Override
    public void close() {
        watches.forEach(TemplateFilter::close);
        watches.clear();
        thread.shutdownNow();
        if (file != null) {
            locked(() -> {
                file.close();
                return null;
            });
        }
    }

    /// Puts a transaction among those that wait for a block.
    ///
    /// @return why it was not taken, in Bitcoin Core's words; empty if it was
    public Optional<String> addTransaction(Transaction transaction) {
        return locked(() -> {
            try {
                mempool.add(transaction);
                return Optional.empty();
            } catch (RuleViolation violation) {
                return Optional.of(violation.reason());
            }
        });
    }

    /// The block at this height of the best branch, as long as it is kept: at least the last 288 are, and genesis
    /// never.
    public Optional<RawBlock> block(int height) {
        return locked(() -> {
            if (height < 0 || height > chain.tip().height()) {
                return Optional.empty();
            }
            return Optional.ofNullable(chain.tip().ancestor(height).body())
                    .map(body -> RawBlock.of(body.block().bytes()));
        });
    }

    /// Makes up transactions and puts them among those that wait; fewer if the coins for them run out.
    void makeTransactions(int count) {
        for (int i = 0; i < count; i++) {
            locked(this::makeTransaction);
        }
    }

    private Optional<Transaction> makeTransaction() {
        if (mempool.isFull()) {
            return Optional.empty();
        }
        int height = chain.tip().height() + 1;
        Optional<Transaction> made = source.next(chain.coins(), mempool.coins(), height);
        made.ifPresent(mempool::add);
        return made;
    }

    private SubmitOutcome submit(HashedBlock block) {
        ChainEntry before = chain.tip();
        SubmitOutcome outcome = chain.submit(block, now(), this::keep);
        if (chain.tip() != before) {
            mempool.tipChanged(chain.left(before));
        }
        return outcome;
    }

    private void keep(HashedBlock block) {
        if (file != null) {
            file.append(block.block());
        }
    }

    private void loadPrefix() {
        try {
            ChainPrefix.blocks(options.profile()).forEach(this::takeAgain);
        } catch (RuleViolation e) {
            throw new IllegalStateException("the chain's first blocks are damaged: " + e.reason(), e);
        }
    }

    private ChainFile openFile(Path path) {
        String name = options.profile().name().toLowerCase(Locale.ROOT) + " on "
                + chain.tip().hash();
        return ChainFile.open(path, name, raw -> takeAgain(parsed(raw)));
    }

    /// Takes a block that was taken before; its time was in order then, whatever the clock says now.
    private void takeAgain(HashedBlock block) {
        SubmitOutcome outcome = chain.submit(block, block.block().header().time(), _ -> {});
        switch (outcome) {
            case SubmitOutcome.Accepted _ -> {}
            case SubmitOutcome.Duplicate _ -> throw new RuleViolation("duplicate");
            case SubmitOutcome.Rejected(var reason) -> RuleViolation.check(chain.contains(block.hash()), reason);
        }
    }

    private static HashedBlock parsed(RawBlock raw) {
        try {
            return HashedBlock.of(raw.parse());
        } catch (BitcoinFormatException e) {
            throw new RuleViolation(String.valueOf(e.getMessage()));
        }
    }

    private void scheduleTransactions() {
        if (options.transactionsPerMinute() > 0) {
            Duration interval = Duration.ofMinutes(1).dividedBy(options.transactionsPerMinute());
            Future<?> _ = repeat(interval, interval, () -> makeTransactions(1));
        }
    }

    private void announceSoon() {
        try {
            thread.execute(() -> Guard.run("a new tip of the embedded node", this::announce));
        } catch (RejectedExecutionException closedMeanwhile) {
            LOG.log(System.Logger.Level.DEBUG, "a block came as the node was closed", closedMeanwhile);
        }
    }

    private void announce() {
        BlockTemplate template = template();
        watches.forEach(watch -> watch.offer(template));
    }

    /// Runs the task again and again on the node's thread, whatever it throws.
    private Future<?> repeat(Duration first, Duration interval, Runnable task) {
        return thread.scheduleWithFixedDelay(
                () -> Guard.run("a task of the embedded node", task),
                first.toNanos(),
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private Optional<RawTransaction> inBlock(Hash256 txid) {
        for (ChainEntry entry = chain.tip(); entry != null; entry = entry.previous()) {
            HashedBlock body = entry.body();
            if (body == null) {
                return Optional.empty();
            }
            int position = body.txids().indexOf(txid);
            if (position >= 0) {
                return Optional.of(RawTransaction.of(
                        body.block().transactions().get(position).bytes()));
            }
        }
        return Optional.empty();
    }

    private long now() {
        return options.clock().instant().getEpochSecond();
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private static SubmitOutcome undecodable() {
        return new SubmitOutcome.Rejected("Block decode failed");
    }
}
