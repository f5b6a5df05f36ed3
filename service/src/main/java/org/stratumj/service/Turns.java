package org.stratumj.service;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.Sv2Message;

/// How the handler of one connection gets its turns: one after another, in order, never two at a time. Lane
/// only.
///
/// @param <O> the messages this side may send
interface Turns<O extends Sv2Message> {

    /// Calls the handler and has its effect carried out on the lane. An exception of either closes the
    /// connection.
    ///
    /// @param seen what became of it, told on the lane
    void call(Supplier<Effect<O>> turn, Seen<O> seen);

    /// Calls the handler for news, which do not wait behind the peer's own messages where those queue.
    void news(Supplier<Effect<O>> turn);

    /// The last call, when the connection is gone.
    ///
    /// @param then what follows, on any thread, whatever the handler does
    void last(Runnable turn, Runnable then);

    /// Calls the handler and has its effect carried out.
    default void call(Supplier<Effect<O>> turn) {
        call(turn, (effect, failure) -> {});
    }

    /// Who wants to know what became of a turn.
    interface Seen<O extends Sv2Message> {
        /// It is over.
        ///
        /// @param effect  what was carried out
        /// @param failure why there is none
        void seen(@Nullable Effect<O> effect, @Nullable Throwable failure);
    }
}
