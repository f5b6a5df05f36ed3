package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.protocol.Sv2Message;

/// Turns of a handler that may block: each waits in a mailbox for the one before it, a thread works while there
/// is mail, and the effects come back to the lane. Nobody else's connection waits. Lane only, but for the work
/// itself.
///
/// News go before the peer's messages. While [#MESSAGES_MAX] of those wait the peer is not read; a handler that
/// has [#NEWS_MAX] news waiting does not keep up, and its connection is closed.
final class BlockingTurns<O extends Sv2Message> implements Turns<O> {
    private static final Logger LOG = System.getLogger("org.stratumj.service");
    static final int MESSAGES_MAX = 64;
    static final int NEWS_MAX = 256;
    private static final int MESSAGES_TO_READ_AGAIN = MESSAGES_MAX / 2;

    private final Connection connection;
    private final EffectRunner<O> effects;
    private final Executor threads;
    private final ServiceMetrics metrics;
    private final LongAdder waiting;
    private final Deque<Mail<O>> messages = new ArrayDeque<>();
    private final Deque<Mail<O>> news = new ArrayDeque<>();
    private @Nullable Runnable last;
    private boolean working;
    private boolean paused;

    private record Mail<O extends Sv2Message>(Supplier<Effect<O>> turn, Seen<O> seen) {}

    /// @param threads runs each task on a thread that may block
    /// @param waiting counts what waits, together with other mailboxes
    BlockingTurns(
            Connection connection,
            EffectRunner<O> effects,
            Executor threads,
            ServiceMetrics metrics,
            LongAdder waiting) {
        this.connection = connection;
        this.effects = effects;
        this.threads = threads;
        this.metrics = metrics;
        this.waiting = waiting;
    }

    @Override
    public void call(Supplier<Effect<O>> turn, Seen<O> seen) {
        messages.add(new Mail<>(turn, seen));
        waiting.increment();
        if (!paused && messages.size() >= MESSAGES_MAX) {
            paused = true;
            connection.pauseReading();
        }
        work();
    }

    @Override
    public void news(Supplier<Effect<O>> turn) {
        if (news.size() >= NEWS_MAX) {
            connection.close(new CloseReason.Local("its handler is " + NEWS_MAX + " news behind"));
            return;
        }
        news.add(new Mail<>(turn, (effect, failure) -> {}));
        waiting.increment();
        work();
    }

    /// What waits is of no use any more.
    @Override
    public void last(Runnable turn, Runnable then) {
        messages.forEach(mail -> mail.seen.seen(null, new IllegalStateException("the connection is gone")));
        waiting.add(-messages.size() - news.size());
        messages.clear();
        news.clear();
        last = () -> end(turn, then);
        work();
    }

    private void work() {
        if (working) {
            return;
        }
        Mail<O> next = news.isEmpty() ? messages.poll() : news.poll();
        Runnable end = last;
        if (next != null) {
            working = true;
            waiting.decrement();
            threads.execute(() -> take(next));
        } else if (end != null) {
            last = null;
            threads.execute(end);
        }
    }

    private void end(Runnable turn, Runnable then) {
        try {
            turn.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, connection + ": the handler failed to close", e);
        } finally {
            then.run();
        }
    }

    /// On a thread that may block.
    private void take(Mail<O> mail) {
        Effect<O> effect = null;
        Throwable failure = null;
        long start = connection.lane().nanoTime();
        try {
            effect = mail.turn.get();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        metrics.took(Latency.TURN, connection.lane().nanoTime() - start);
        Effect<O> wanted = effect;
        Throwable thrown = failure;
        connection.lane().execute(() -> done(mail, wanted, thrown));
    }

    private void done(Mail<O> mail, @Nullable Effect<O> effect, @Nullable Throwable failure) {
        working = false;
        if (effect != null) {
            effects.run(effect);
        } else {
            effects.fail(failure != null ? failure : new NullPointerException("a handler returned no effect"));
        }
        mail.seen.seen(effect, failure);
        if (paused && messages.size() <= MESSAGES_TO_READ_AGAIN) {
            paused = false;
            connection.resumeReading();
        }
        work();
    }
}
