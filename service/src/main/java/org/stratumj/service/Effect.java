package org.stratumj.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.protocol.Sv2Message;

/// What a handler wants done. Handlers return effects instead of acting, so that there is one place that sends,
/// and a handler is tested by comparing values. The service carries them out in order, on the lane of the
/// connection.
///
/// A connection may be gone before an effect of its is due. There is nobody to send to then, but what is told to a
/// sibling still is: a block counts, also if the miner who found it has left.
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
    ///
    /// @param urgent whether it takes a place that ordinary events cannot take; see [Link#offerUrgent]
    record Tell<O extends Sv2Message, E>(Link<E> link, E event, boolean urgent) implements Effect<O> {}

    /// Carries out the effect that `stage` completes with, on the lane; effects that come after this one in the
    /// same list do not wait. A failed stage closes the connection.
    record After<O extends Sv2Message>(CompletionStage<Effect<O>> stage) implements Effect<O> {}

    /// Asks a sibling over `link`; the answer comes back on the lane, where the effect made of it is carried
    /// out, unless the connection is gone by then. Effects that come after this one in the same list do not
    /// wait.
    ///
    /// @param question  makes the event that carries the place for the answer
    /// @param then      what follows from the answer
    /// @param otherwise what follows if there is none within `timeout`
    record Ask<O extends Sv2Message, A, E>(
            Link<E> link,
            Function<? super ReplyTo<A>, ? extends E> question,
            Duration timeout,
            Function<? super A, Effect<O>> then,
            Function<? super AskException, Effect<O>> otherwise)
            implements Effect<O> {}

    /// Has `record` made durable, and goes on with `then` when it is. What one connection persists goes on in
    /// the order in which it was persisted; effects that come after this one in the same list do not wait. If
    /// the record cannot be kept the connection is closed, and `then` is not carried out: nothing is
    /// acknowledged that could be lost.
    record Persist<O extends Sv2Message, R>(Journal<R> journal, R record, Effect<O> then) implements Effect<O> {}

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
        return new Tell<>(link, event, false);
    }

    /// Puts `event` on `link` ahead of ordinary ones, in a place of its own: for the solution of a block.
    static <O extends Sv2Message, E> Effect<O> tellUrgently(Link<E> link, E event) {
        return new Tell<>(link, event, true);
    }

    /// Asks over `link`, and goes on with the answer; without one within `timeout` the connection is closed.
    static <O extends Sv2Message, A, E> Effect<O> ask(
            Link<E> link,
            Function<? super ReplyTo<A>, ? extends E> question,
            Duration timeout,
            Function<? super A, Effect<O>> then) {
        return new Ask<>(link, question, timeout, then, failure -> close(new CloseReason.Local(failure.text())));
    }

    /// Asks over `link`, and goes on with the answer or with the lack of one.
    static <O extends Sv2Message, A, E> Effect<O> ask(
            Link<E> link,
            Function<? super ReplyTo<A>, ? extends E> question,
            Duration timeout,
            Function<? super A, Effect<O>> then,
            Function<? super AskException, Effect<O>> otherwise) {
        return new Ask<>(link, question, timeout, then, otherwise);
    }

    /// Has `record` made durable, then carries out `then`.
    static <O extends Sv2Message, R> Effect<O> persist(Journal<R> journal, R record, Effect<O> then) {
        return new Persist<>(journal, record, then);
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
