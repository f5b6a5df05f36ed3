package org.stratumj.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.Subprotocol;

/// Metrics that cannot harm the service: what they throw goes into the log, once.
final class GuardedMetrics implements ServiceMetrics {
    private static final Logger LOG = System.getLogger("org.stratumj.service");

    private final ServiceMetrics metrics;
    private volatile boolean told;

    GuardedMetrics(ServiceMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void started(ServiceGauges gauges) {
        try {
            metrics.started(gauges);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void took(Latency what, long nanos) {
        try {
            metrics.took(what, nanos);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void connected(Subprotocol subprotocol) {
        try {
            metrics.connected(subprotocol);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void closed(Subprotocol subprotocol, CloseReason reason) {
        try {
            metrics.closed(subprotocol, reason);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void refused(CloseReason reason) {
        try {
            metrics.refused(reason);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void upstreamDown(Subprotocol subprotocol, CloseReason reason) {
        try {
            metrics.upstreamDown(subprotocol, reason);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void slowTurn() {
        try {
            metrics.slowTurn();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void stuckTurn() {
        try {
            metrics.stuckTurn();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void received(int extensionType, int messageType) {
        try {
            metrics.received(extensionType, messageType);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void receivedBytes(int bytes) {
        try {
            metrics.receivedBytes(bytes);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void sent(int extensionType, int messageType, int bytes) {
        try {
            metrics.sent(extensionType, messageType, bytes);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable e) {
        if (!told) {
            told = true;
            LOG.log(Level.ERROR, "the metrics of a service fail", e);
        }
    }
}
