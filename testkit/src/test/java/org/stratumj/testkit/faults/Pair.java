package org.stratumj.testkit.faults;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.stratumj.connection.Network;
import org.stratumj.connection.sim.TestBed;

/// A connection between a client whose pipe is faulty and a server whose pipe is not.
record Pair(FaultyNetwork network, RecordingPipe client, RecordingPipe server) {

    static Pair open(TestBed bed, FaultPlan plan) {
        return open(bed, new FaultyNetwork(bed.network(), pipe -> plan));
    }

    static Pair open(TestBed bed, FaultyNetwork network) {
        AtomicReference<RecordingPipe> server = new AtomicReference<>();
        Network.Listener listener =
                bed.await(bed.network().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pipe -> {
                    server.set(new RecordingPipe(pipe));
                    return server.get();
                }));
        AtomicReference<RecordingPipe> client = new AtomicReference<>();
        int port = listener.localAddress().getPort();
        bed.await(network.connect("127.0.0.1", port, Duration.ofMinutes(1), pipe -> {
            client.set(new RecordingPipe(pipe));
            return client.get();
        }));
        bed.await(() -> server.get() != null);
        return new Pair(network, client.get(), server.get());
    }

    FaultyPipe faulty() {
        return network.pipes().getFirst();
    }
}
