package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.protocol.Sv2Message;

/// Carries out what a handler wants for one connection, in order, also when that is gone meanwhile: what is sent
/// then is dropped, what is told still arrives. An exception closes the connection. Lane only.
///
/// @param <O> the messages this side may send
final class EffectRunner<O extends Sv2Message> {
    private static final Logger LOG = System.getLogger("org.stratumj.service");

    private final Connection connection;
    private final ServiceMetrics metrics;
    private @Nullable Persisting<O> persisting;

    EffectRunner(Connection connection, ServiceMetrics metrics) {
        this.connection = connection;
        this.metrics = metrics;
    }

    void run(Effect<O> effect) {
        try {
            carryOut(effect);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /// The handler failed.
    void fail(Throwable cause) {
        connection.close(new CloseReason.HandlerFailed(cause));
    }

    private void carryOut(Effect<O> effect) {
        switch (effect) {
            case Effect.None<O> none -> {}
            case Effect.Reply<O>(var messages) -> messages.forEach(connection::send);
            case Effect.Send<O>(var frame) -> connection.send(frame);
            case Effect.Tell<O, ?> tell -> tell(tell);
            case Effect.Ask<O, ?, ?> ask -> ask(ask);
            case Effect.After<O>(var stage) -> onLane(stage, this::resume);
            case Effect.Persist<O, ?> persist -> persist(persist);
            case Effect.Close<O>(var reason) -> connection.close(reason);
            case Effect.All<O>(var steps) -> steps.forEach(this::carryOut);
        }
    }

    private <E> void tell(Effect.Tell<O, E> tell) {
        boolean taken = tell.urgent()
                ? tell.link().offerUrgent(tell.event())
                : tell.link().offer(tell.event());
        if (!taken) {
            LOG.log(Level.ERROR, () -> connection + ": " + tell.link() + " takes no more events");
            connection.close(new CloseReason.Local(tell.link() + " takes no more events"));
        }
    }

    private <A, E> void ask(Effect.Ask<O, A, E> ask) {
        CompletionStage<A> answer = ask.link().ask(ask.question(), connection.lane(), ask.timeout());
        onLane(answer, (given, failure) -> {
            if (connection.isOpen()) {
                run(given != null ? ask.then().apply(given) : otherwise(ask, cause(failure)));
            }
        });
    }

    private static <O extends Sv2Message> Effect<O> otherwise(Effect.Ask<O, ?, ?> ask, @Nullable Throwable failure) {
        return ask.otherwise()
                .apply(failure instanceof AskException none ? none : new AskException(String.valueOf(failure)));
    }

    private <R> void persist(Effect.Persist<O, R> persist) {
        if (persisting == null) {
            persisting = new Persisting<>(connection, this, metrics);
        }
        Persisting.Step<O> step = persisting.begin(persist.then());
        onLane(persist.journal().append(persist.record()), (done, failure) -> step.end(cause(failure)));
    }

    private void resume(@Nullable Effect<O> effect, @Nullable Throwable failure) {
        if (effect != null) {
            run(effect);
        } else {
            Throwable cause = cause(failure);
            fail(cause != null ? cause : new NullPointerException("a stage completed with no effect"));
        }
    }

    /// At once if the stage is complete and this is its lane, so that order is kept where it can be.
    private <T> void onLane(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        stage.whenComplete((result, failure) -> {
            if (connection.lane().isCurrent()) {
                guarded(() -> next.accept(result, failure));
            } else {
                connection.lane().execute(() -> guarded(() -> next.accept(result, failure)));
            }
        });
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
