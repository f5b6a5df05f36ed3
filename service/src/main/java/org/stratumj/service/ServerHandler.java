package org.stratumj.service;

import org.stratumj.connection.ExtensionPolicy;
import org.stratumj.connection.SetupVerdict;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.SetupConnection;

/// What a server does for one subprotocol. One object for the whole service, so [#onSetup] and [#open] are
/// called from the lanes of many connections at a time; what belongs to one connection goes into the
/// [PeerHandler].
///
/// @param <I> messages from clients
/// @param <O> messages to clients
public sealed interface ServerHandler<I extends Sv2Message, O extends Sv2Message>
        permits Sv2MiningServerHandler, Sv2JobDeclarationServerHandler, Sv2TemplateDistributionServerHandler {

    /// The request bits this server can honour, U32; others are refused with `unsupported-feature-flags`.
    long supportedFlags();

    /// The extensions that clients may ask for; [Downstream#extensions] tells what was agreed on with one.
    default ExtensionPolicy extensions() {
        return ExtensionPolicy.NONE;
    }

    /// Whether the [PeerHandler]s may block, as on a database. Each then works on a thread of its own while it
    /// has something to do, still one call after another; its peer is not read while it is far behind, and
    /// nobody else waits for it. It has only its effects to act with: [Downstream#send] and the like belong to
    /// the lane. Messages that wait for it when the peer leaves are dropped; a turn that has begun is finished.
    ///
    /// The methods of this interface must not block in any case.
    default boolean mayBlock() {
        return false;
    }

    /// Once, before the first connection is accepted. An exception keeps the service from starting, with its
    /// message in the [Sv2ServiceException].
    default void onStart(ServerContext<O> context) {}

    /// Last word on a SetupConnection that passed protocol, version and flag checks.
    ///
    /// @param proposed acceptance without server flags
    default SetupVerdict onSetup(SetupConnection request, SetupVerdict.Accept proposed) {
        return proposed;
    }

    /// A client was accepted: the object that serves it from here on.
    PeerHandler<I, O> open(Downstream<O> peer);

    /// Once, after the last connection has closed.
    default void onStop() {}
}
