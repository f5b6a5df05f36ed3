package org.stratumj.service;

import java.util.List;
import java.util.Set;
import org.stratumj.protocol.Subprotocol;

/// How much a service holds now. Any thread; each is counted when it is asked for, and may have changed meanwhile.
public interface ServiceGauges {

    /// Connections that are open. On the client's side those that are set up.
    int connections();

    /// Those of them that are not set up yet, or already closing.
    int halfOpen();

    /// The subprotocols that are spoken.
    Set<Subprotocol> subprotocols();

    /// Connections that are set up for `subprotocol`.
    int peers(Subprotocol subprotocol);

    /// Bytes that wait to be sent, over all connections that are set up.
    long queuedBytes();

    /// Turns that wait in the mailboxes of handlers that may block.
    long mailbox();

    /// The links whose events this service takes.
    List<Link<?>> links();
}
