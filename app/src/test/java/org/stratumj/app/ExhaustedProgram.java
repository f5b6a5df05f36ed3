package org.stratumj.app;

import java.util.ArrayList;
import java.util.List;
import org.stratumj.connection.netty.NettyNetwork;

/// A program whose lane runs out of memory, or of threads as far as it can tell: for [OutOfMemoryIT].
public final class ExhaustedProgram {
    private ExhaustedProgram() {}

    public static void main(String[] args) throws InterruptedException {
        UncaughtFailures.install();
        NettyNetwork network = NettyNetwork.open();
        network.newLane().execute(args[0].equals("memory") ? ExhaustedProgram::fillMemory : ExhaustedProgram::fail);
        Thread.currentThread().join(); // a process that lives on as a zombie would stay here
    }

    private static void fillMemory() {
        List<byte[]> held = new ArrayList<>();
        try {
            while (true) {
                held.add(new byte[1 << 20]);
            }
        } catch (OutOfMemoryError e) {
            held.clear(); // as code does that catches everything
        }
    }

    private static void fail() {
        throw new OutOfMemoryError("unable to create native thread");
    }
}
