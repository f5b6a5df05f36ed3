package org.stratumj.connection.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.Network;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// Goal: no buffer is lost, however a pipe ends.
class LeakIT {
    private static final int PIPES = 40;

    @Test
    void detectorFindsALostBuffer() {
        assertThat(lose()).isPositive();
        assertThat(CountingLeakDetector.leaks()).isNotEmpty();
        CountingLeakDetector.forget();
    }

    private static int lose() {
        ByteBuf lost = ByteBufAllocator.DEFAULT.buffer(64);
        return lost.capacity();
    }

    @Test
    void everyBufferIsReleased() throws Exception {
        CountDownLatch ends = new CountDownLatch(PIPES);
        try (NettyNetwork network = NettyNetwork.open()) {
            Network.Listener listener = network.listen(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pipe -> new Ending(pipe, ends))
                    .toCompletableFuture()
                    .join();
            for (int i = 0; i < PIPES; i++) {
                try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        listener.localAddress().getPort())) {
                    socket.getOutputStream().write(new byte[] {(byte) i, 1, 2, 3});
                    socket.setSoLinger(i % 3 == 0, 0);
                }
            }
            ends.await();
        }
        assertThat(CountingLeakDetector.leaks()).isEmpty();
    }

    /// Ends in one of several ways, with bytes that were queued, flushed or neither.
    private record Ending(Pipe pipe, CountDownLatch ends) implements PipeHandler {
        @Override
        public void onBytes(byte[] bytes, int offset, int length) {
            pipe.write(new byte[100_000], 0, 100_000);
            switch (bytes[offset] & 3) {
                case 0 -> pipe.close(true);
                case 1 -> pipe.close(false);
                case 2 -> pipe.flush();
                default -> throw new IllegalStateException("the handler failed");
            }
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            ends.countDown();
        }
    }
}
