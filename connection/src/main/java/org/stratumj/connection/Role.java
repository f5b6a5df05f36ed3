package org.stratumj.connection;

import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.ToClient;
import org.stratumj.protocol.ToServer;

/// Which end of the connection this is, with what it needs to set it up. Spec: 03 §3.6.
sealed interface Role {

    /// The end that was dialled.
    ///
    /// @param policy what is offered
    record Server(SetupPolicy policy) implements Role {
        @Override
        public boolean receives(Sv2Message message) {
            return message instanceof ToServer;
        }

        @Override
        public ExpectedFrames expected() {
            return ExpectedFrames.AT_SERVER;
        }
    }

    /// The end that dials.
    ///
    /// @param offer what is asked for
    record Client(SetupOffer offer) implements Role {
        @Override
        public boolean receives(Sv2Message message) {
            return message instanceof ToClient;
        }

        @Override
        public ExpectedFrames expected() {
            return ExpectedFrames.AT_CLIENT;
        }
    }

    /// Whether the message travels towards this end.
    boolean receives(Sv2Message message);

    ExpectedFrames expected();
}
