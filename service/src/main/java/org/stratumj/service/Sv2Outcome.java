package org.stratumj.service;

import java.util.List;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.Subprotocol;

/// What became of an [Sv2Event].
public sealed interface Sv2Outcome {

    /// Whether all of it was done.
    boolean isOk();

    /// It was done.
    ///
    /// @param effect what the handler wanted, if it was asked, and what was carried out; otherwise
    ///     [Effect.None]
    record Done(Effect<?> effect) implements Sv2Outcome {
        /// Without a handler being asked.
        public static final Done OK = new Done(Effect.none());

        @Override
        public boolean isOk() {
            return true;
        }
    }

    /// It was not done.
    ///
    /// @param text one line
    record Refused(Cause cause, String text) implements Sv2Outcome {
        @Override
        public boolean isOk() {
            return false;
        }

        static Refused notConnected(ConnectionId id) {
            return new Refused(Cause.NOT_CONNECTED, "nobody is connected as " + id);
        }

        static Refused notConnected(Subprotocol subprotocol) {
            return new Refused(Cause.NOT_CONNECTED, "the upstream of " + subprotocol + " is not connected");
        }

        static Refused unsupported(Subprotocol subprotocol) {
            return new Refused(Cause.UNSUPPORTED_PROTOCOL, "there is no handler of " + subprotocol);
        }

        static Refused wrongMessage(Object message, Object receiver) {
            return new Refused(Cause.WRONG_MESSAGE, message.getClass().getSimpleName() + " is not for " + receiver);
        }
    }

    /// The outcomes of several events, in their order; one that is refused does not keep the others from being
    /// handled.
    record Many(List<Sv2Outcome> outcomes) implements Sv2Outcome {
        /// Copies the list.
        public Many {
            outcomes = List.copyOf(outcomes);
        }

        @Override
        public boolean isOk() {
            return outcomes.stream().allMatch(Sv2Outcome::isOk);
        }
    }

    /// Why something was not done.
    enum Cause {
        /// No such connection is set up.
        NOT_CONNECTED,
        /// The service has no handler of that subprotocol.
        UNSUPPORTED_PROTOCOL,
        /// The message belongs to another subprotocol, or goes the other way.
        WRONG_MESSAGE,
        /// The service has no sibling.
        NO_SIBLING,
        /// The sibling did not answer.
        SIBLING_SILENT,
        /// The handler threw.
        HANDLER_FAILED,
        /// The service does not run.
        NOT_RUNNING
    }
}
