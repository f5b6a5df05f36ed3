package org.stratumj.service;

import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Meter;
import org.stratumj.protocol.Subprotocol;

/// The numbers of one service, for whatever collects them: counters and times are told as they happen, gauges are
/// there to be asked for. Called on many lanes, and for every message: quick, without a lock, without garbage; it
/// must not throw. Who does all the same harms nobody but himself.
///
/// The one way in for those who want to see single connections is [ServiceListener].
public interface ServiceMetrics extends Meter {

    /// Collects nothing.
    ServiceMetrics NONE = new ServiceMetrics() {};

    /// The service starts; its gauges can be asked from now on. Once.
    default void started(ServiceGauges gauges) {}

    /// Something took so many nanoseconds.
    default void took(Latency what, long nanos) {}

    /// A peer was accepted, or an upstream is up.
    default void connected(Subprotocol subprotocol) {}

    /// A connection that was set up is gone. [CloseReason#kind] is fit for a tag, the text is not.
    default void closed(Subprotocol subprotocol, CloseReason reason) {}

    /// A peer left or was sent away before it was set up.
    default void refused(CloseReason reason) {}

    /// An upstream could not be reached or was lost.
    default void upstreamDown(Subprotocol subprotocol, CloseReason reason) {}

    /// A turn took longer than it should.
    default void slowTurn() {}

    /// A turn does not end. Once for each.
    default void stuckTurn() {}

    @Override
    default void handshakeTook(long nanos) {
        took(Latency.HANDSHAKE, nanos);
    }

    @Override
    default void setupTook(long nanos) {
        took(Latency.SETUP, nanos);
    }
}
