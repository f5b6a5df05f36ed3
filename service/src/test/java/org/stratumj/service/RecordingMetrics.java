package org.stratumj.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;

/// Adds up what a service tells.
final class RecordingMetrics implements ServiceMetrics {
    final Map<String, Integer> received = new ConcurrentSkipListMap<>();
    final Map<String, Integer> sent = new ConcurrentSkipListMap<>();
    final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
    final Map<Latency, List<Long>> took = Collections.synchronizedMap(new TreeMap<>());
    volatile long bytesIn;
    volatile long bytesOut;
    volatile ServiceGauges gauges;

    @Override
    public void started(ServiceGauges gauges) {
        this.gauges = gauges;
    }

    @Override
    public void received(int extensionType, int messageType) {
        received.merge(name(extensionType, messageType), 1, Integer::sum);
    }

    @Override
    public synchronized void receivedBytes(int bytes) {
        bytesIn += bytes;
    }

    @Override
    public synchronized void sent(int extensionType, int messageType, int bytes) {
        sent.merge(name(extensionType, messageType), 1, Integer::sum);
        bytesOut += bytes;
    }

    @Override
    public synchronized void took(Latency what, long nanos) {
        took.computeIfAbsent(what, any -> new ArrayList<>()).add(nanos);
    }

    @Override
    public void connected(Subprotocol subprotocol) {
        outcomes.merge("connected " + subprotocol, 1, Integer::sum);
    }

    @Override
    public void closed(Subprotocol subprotocol, CloseReason reason) {
        outcomes.merge("closed " + subprotocol + " " + reason.kind(), 1, Integer::sum);
    }

    @Override
    public void refused(CloseReason reason) {
        outcomes.merge("refused " + reason.kind(), 1, Integer::sum);
    }

    @Override
    public void upstreamDown(Subprotocol subprotocol, CloseReason reason) {
        outcomes.merge("down " + subprotocol + " " + reason.kind(), 1, Integer::sum);
    }

    @Override
    public void slowTurn() {
        outcomes.merge("slow", 1, Integer::sum);
    }

    @Override
    public void stuckTurn() {
        outcomes.merge("stuck", 1, Integer::sum);
    }

    List<Long> took(Latency what) {
        return took.getOrDefault(what, List.of());
    }

    private static String name(int extensionType, int messageType) {
        return MessageRegistry.core()
                .layout(extensionType, messageType)
                .map(layout -> layout.specName())
                .orElse("unknown");
    }
}
