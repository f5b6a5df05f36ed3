package org.stratumj.connection;

import java.util.Optional;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.ToClient;
import org.stratumj.protocol.ToServer;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionError;
import org.stratumj.protocol.common.SetupConnectionSuccess;

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

        @Override
        public ExtensionPolicy extensions(Subprotocol subprotocol) {
            return policy.extensions(subprotocol);
        }

        @Override
        public Negotiation negotiation(Lane lane, Negotiation.Owner owner) {
            return new ServerNegotiation(owner);
        }

        /// Spec: 03 §3.6.1: nothing comes before SetupConnection.
        @Override
        public Setup onFirst(Sv2Message message, ConnectionHandler handler) {
            return message instanceof SetupConnection request
                    ? outcome(request, verdict(request, handler))
                    : Setup.violation("SetupConnection must come first, got " + Names.of(message));
        }

        private SetupVerdict verdict(SetupConnection request, ConnectionHandler handler) {
            SetupVerdict verdict = policy.judge(request);
            return verdict instanceof SetupVerdict.Accept accepted ? handler.onSetup(request, accepted) : verdict;
        }

        private static Setup outcome(SetupConnection request, SetupVerdict verdict) {
            return switch (verdict) {
                case SetupVerdict.Accept(int version, long flags) ->
                    new Setup.Accepted(
                            Optional.of(new SetupConnectionSuccess(version, flags)),
                            new NegotiatedSetup(subprotocol(request), version, request.flags(), flags),
                            request.vendor().text(),
                            request.deviceId().text());
                case SetupVerdict.Refuse(var errorCode, long flags) ->
                    new Setup.Failed(
                            Optional.of(new SetupConnectionError(flags, errorCode.wire())),
                            new CloseReason.SetupRefused(errorCode.code(), flags));
            };
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

        @Override
        public ExtensionPolicy extensions(Subprotocol subprotocol) {
            return offer.extensions();
        }

        @Override
        public Negotiation negotiation(Lane lane, Negotiation.Owner owner) {
            return new ClientNegotiation(lane, owner);
        }

        @Override
        public Setup onFirst(Sv2Message message, ConnectionHandler handler) {
            return switch (message) {
                case SetupConnectionSuccess answer -> outcome(answer);
                case SetupConnectionError(long flags, var errorCode) ->
                    new Setup.Failed(
                            Optional.empty(), Advice.onSetupRefused(offer.subprotocol(), errorCode.text(), flags));
                default -> Setup.violation("the answer to SetupConnection must come first, got " + Names.of(message));
            };
        }

        private Setup outcome(SetupConnectionSuccess answer) {
            SetupConnection request = offer.request();
            NegotiatedSetup setup = new NegotiatedSetup(
                    offer.subprotocol(), answer.usedVersion(), request.flags(), offer.serverFlags(answer));
            return offer.objection(answer)
                    .<Setup>map(reason -> new Setup.Failed(Optional.empty(), reason))
                    .orElseGet(() -> new Setup.Accepted(Optional.empty(), setup, "", ""));
        }
    }

    /// Whether the message travels towards this end.
    boolean receives(Sv2Message message);

    ExpectedFrames expected();

    /// What this end can use.
    ExtensionPolicy extensions(Subprotocol subprotocol);

    /// What this end does to agree on extensions.
    Negotiation negotiation(Lane lane, Negotiation.Owner owner);

    /// Judges the first message of the peer.
    Setup onFirst(Sv2Message message, ConnectionHandler handler);

    private static Subprotocol subprotocol(SetupConnection request) {
        return Subprotocol.of(request.protocol()).orElseThrow();
    }
}
