package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ExtensionPolicy;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;

/// What a client does on one subprotocol. Connections come one after another, never two at a time; every method
/// runs on the lane of the present one and must not block. An exception closes the connection.
///
/// @param <I> messages from the server
/// @param <O> messages to the server
public sealed interface ClientHandler<I extends Sv2Message, O extends Sv2Message>
        permits Sv2MiningClientHandler, Sv2JobDeclarationClientHandler, Sv2TemplateDistributionClientHandler {

    /// The bits to ask for in SetupConnection, U32.
    long requestedFlags();

    /// The server bits this client can live with, U32; a server that demands others is left.
    long acceptedServerFlags();

    /// Whether the methods from [#onUp] on may block, as on a database. They then run on a thread of their own
    /// while there is something to do, still one call after another; the server is not read while they are far
    /// behind. A handler that may block has only its effects to act with: [Upstream#send] belongs to the lane.
    default boolean mayBlock() {
        return false;
    }

    /// The extensions this client can use. They are asked for directly after SetupConnection.Success, and a server
    /// that has not got those that are required is left; [Upstream#extensions] tells what was agreed on. Spec:
    /// extension 0x0001.
    default ExtensionPolicy extensions() {
        return ExtensionPolicy.NONE;
    }

    /// After each SetupConnection.Success, once extensions are agreed on; all state of earlier connections is void.
    Effect<O> onUp(Upstream<O> upstream);

    /// A message of the subprotocol, in the right direction.
    Effect<O> onMessage(I message);

    /// A message of an extension or type this side does not know. By default it is counted and dropped. Spec:
    /// 03 §3.4.1.
    default Effect<O> onUnknown(UnknownMessage message) {
        return Effect.none();
    }

    /// Another endpoint stands behind a channel: what extensions remember of that channel is void. Extensions are
    /// asked for again by then, and [Upstream#extensions] is empty until the answer. Spec: 03 §3.6.4.
    ///
    /// @param channelId U32
    default Effect<O> onEndpointChanged(long channelId) {
        return Effect.none();
    }

    /// The connection that was up is gone; once for each [#onUp].
    default void onDown(CloseReason reason) {}
}
