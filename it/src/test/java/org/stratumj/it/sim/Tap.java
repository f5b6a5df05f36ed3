package org.stratumj.it.sim;

import org.stratumj.protocol.Sv2Message;

/// Sees the messages of one connection at its server's end: those that arrive before the server has them, those that
/// are sent when it sends them.
interface Tap {
    void received(Sv2Message message);

    void sent(Sv2Message message);

    /// Bytes arrived that are no frames: the server is expected to close.
    void garbage();

    void closed();
}
