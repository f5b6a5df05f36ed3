package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.protocol.Sv2Message;

/// Calls a handler for one connection and carries out what it wants, in order. Lane only.
///
/// @param <O> the messages this side may send
final class EffectRunner<O extends Sv2Message> {
    private static final Logger LOG = System.getLogger("org.stratumj.service");
    private static final Duration TURN_MAX = Duration.ofMillis(20);

    private final Connection connection;

    EffectRunner(Connection connection) {
        this.connection = connection;
    }

    /// Calls the handler and carries out its effect. An exception of either closes the connection.
    void call(Supplier<Effect<O>> handler) {
        long start = connection.lane().nanoTime();
        try {
            run(handler.get());
        } catch (RuntimeException | Error e) {
            connection.close(new CloseReason.HandlerFailed(e));
        }
        long nanos = connection.lane().nanoTime() - start;
        if (nanos > TURN_MAX.toNanos()) {
            LOG.log(Level.WARNING, () -> connection + ": the handler held its lane for " + nanos / 1_000_000 + " ms");
        }
    }

    private void run(Effect<O> effect) {
        switch (effect) {
            case Effect.None<O> none -> {}
            case Effect.Reply<O>(var messages) -> messages.forEach(connection::send);
            case Effect.Send<O>(var frame) -> connection.send(frame);
            case Effect.Tell<O, ?> tell -> tell(tell);
            case Effect.After<O>(var stage) -> after(stage);
            case Effect.Close<O>(var reason) -> connection.close(reason);
            case Effect.All<O>(var steps) -> steps.forEach(this::run);
        }
    }

    private <E> void tell(Effect.Tell<O, E> tell) {
        if (!tell.link().offer(tell.event())) {
            LOG.log(Level.ERROR, () -> connection + ": " + tell.link() + " takes no more events");
            connection.close(new CloseReason.Local(tell.link() + " takes no more events"));
        }
    }

    private void after(CompletionStage<Effect<O>> stage) {
        stage.whenComplete((effect, failure) -> {
            if (connection.lane().isCurrent()) {
                resume(effect, failure);
            } else {
                connection.lane().execute(() -> resume(effect, failure));
            }
        });
    }

    private void resume(@Nullable Effect<O> effect, @Nullable Throwable failure) {
        if (!connection.isOpen()) {
            return;
        }
        if (effect == null) {
            connection.close(new CloseReason.HandlerFailed(cause(failure)));
        } else {
            call(() -> effect);
        }
    }

    private static Throwable cause(@Nullable Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return failure.getCause();
        }
        return failure != null ? failure : new NullPointerException("a stage completed with no effect");
    }
}
