package org.stratumj.service;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.protocol.Sv2Message;

/// What a handler wants done. Handlers return effects instead of acting, so that there is one place that sends,
/// and a handler is tested by comparing values. The service carries them out in order, on the lane of the
/// connection.
///
/// @param <O> the messages this side may send
public sealed interface Effect<O extends Sv2Message> {

    /// Nothing.
    record None<O extends Sv2Message>() implements Effect<O> {}

    /// Sends `messages` in order to the peer.
    record Reply<O extends Sv2Message>(List<O> messages) implements Effect<O> {
        /// Copies the list.
        public Reply {
            messages = List.copyOf(messages);
        }
    }

    /// Sends a frame that was encoded once for many peers.
    record Send<O extends Sv2Message>(EncodedFrame frame) implements Effect<O> {}

    /// Puts `event` on `link` for a sibling. A full link closes the connection: an event is never dropped in
    /// silence.
    record Tell<O extends Sv2Message, E>(Link<E> link, E event) implements Effect<O> {}

    /// Carries out the effect that `stage` completes with, on the lane, unless the connection is gone by then;
    /// effects that come after this one in the same list do not wait. A failed stage closes the connection.
    record After<O extends Sv2Message>(CompletionStage<Effect<O>> stage) implements Effect<O> {}

    /// Sends what is queued, then closes the connection.
    record Close<O extends Sv2Message>(CloseReason reason) implements Effect<O> {}

    /// All of `steps`, in order.
    record All<O extends Sv2Message>(List<Effect<O>> steps) implements Effect<O> {
        /// Copies the list.
        public All {
            steps = List.copyOf(steps);
        }
    }

    /// Nothing.
    static <O extends Sv2Message> Effect<O> none() {
        return new None<>();
    }

    /// Sends one message.
    static <O extends Sv2Message> Effect<O> reply(O message) {
        return new Reply<>(List.of(message));
    }

    /// Sends messages in order; nothing if there are none.
    static <O extends Sv2Message> Effect<O> reply(List<? extends O> messages) {
        return messages.isEmpty() ? none() : new Reply<>(List.copyOf(messages));
    }

    /// Sends a frame that was encoded once for many peers.
    static <O extends Sv2Message> Effect<O> send(EncodedFrame frame) {
        return new Send<>(frame);
    }

    /// Puts `event` on `link`.
    static <O extends Sv2Message, E> Effect<O> tell(Link<E> link, E event) {
        return new Tell<>(link, event);
    }

    /// Carries out the effect that `stage` completes with.
    static <O extends Sv2Message> Effect<O> after(CompletionStage<Effect<O>> stage) {
        return new After<>(stage);
    }

    /// Sends what is queued, then closes the connection.
    static <O extends Sv2Message> Effect<O> close(CloseReason reason) {
        return new Close<>(reason);
    }

    /// All of `steps`, in order.
    static <O extends Sv2Message> Effect<O> all(List<Effect<O>> steps) {
        return new All<>(steps);
    }

    /// This effect, then `next`: flat, so that long chains stay shallow, and without steps that do nothing.
    default Effect<O> then(Effect<O> next) {
        List<Effect<O>> steps = Stream.concat(steps(this), steps(next)).toList();
        return steps.size() == 1 ? steps.getFirst() : steps.isEmpty() ? none() : new All<>(steps);
    }

    private static <O extends Sv2Message> Stream<Effect<O>> steps(Effect<O> effect) {
        return switch (effect) {
            case None<O> none -> Stream.empty();
            case All<O>(var steps) -> steps.stream();
            default -> Stream.of(effect);
        };
    }
}
