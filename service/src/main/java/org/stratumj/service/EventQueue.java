package org.stratumj.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.stratumj.service.Sv2Outcome.Cause;
import org.stratumj.service.Sv2Outcome.Many;
import org.stratumj.service.Sv2Outcome.Refused;

/// Handles several events, each after the outcome of the one before. Any thread.
final class EventQueue<E extends Sv2Event> {
    private final List<? extends E> events;
    private final Function<? super E, ? extends CompletionStage<Sv2Outcome>> handler;
    private final List<Sv2Outcome> outcomes = new ArrayList<>();
    private final CompletableFuture<Sv2Outcome> end = new CompletableFuture<>();

    private EventQueue(List<? extends E> events, Function<? super E, ? extends CompletionStage<Sv2Outcome>> handler) {
        this.events = events;
        this.handler = handler;
    }

    static <E extends Sv2Event> CompletionStage<Sv2Outcome> handleAll(
            List<? extends E> events, Function<? super E, ? extends CompletionStage<Sv2Outcome>> handler) {
        EventQueue<E> queue = new EventQueue<>(events, handler);
        queue.goOn();
        return queue.end;
    }

    /// A loop where outcomes are there at once, so that a long list does not nest.
    private void goOn() {
        while (outcomes.size() < events.size()) {
            CompletableFuture<Sv2Outcome> next =
                    handled(events.get(outcomes.size())).toCompletableFuture();
            if (!next.isDone()) {
                var _ = next.thenAccept(outcome -> {
                    outcomes.add(outcome);
                    goOn();
                });
                return;
            }
            outcomes.add(next.join());
        }
        end.complete(new Many(outcomes));
    }

    /// A handler that throws, or whose stage fails, must not leave the rest without an outcome.
    private CompletionStage<Sv2Outcome> handled(E event) {
        try {
            return handler.apply(event).exceptionally(EventQueue::failed);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    private static Sv2Outcome failed(Throwable failure) {
        return new Refused(Cause.HANDLER_FAILED, String.valueOf(failure));
    }
}
