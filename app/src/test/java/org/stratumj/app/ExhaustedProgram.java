package org.stratumj.app;

import java.util.Arrays;
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
        byte[][] held = new byte[1 << 20][];
        try {
            for (int i = 0; i < held.length; i++) {
                held[i] = new byte[1 << 20];
            }
        } catch (OutOfMemoryError e) {
            Arrays.fill(held, null); // as code does that catches everything and goes on
        }
    }

    private static void fail() {
        throw new OutOfMemoryError("unable to create native thread");
    }
}
