package org.stratumj.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.frame.Frame;

/// A server without encryption that takes one client, writes down what it says, and answers what the test wants, also
/// what no honest server does. Any thread.
final class ScriptedServer implements PipeHandler {
    final List<Sv2Message> received = new CopyOnWriteArrayList<>();
    volatile List<? extends Sv2Message> setUp = List.of(new SetupConnectionSuccess(2, 0));
    volatile Function<Sv2Message, List<? extends Sv2Message>> script = message -> List.of();
    volatile boolean closed;
    private final FrameCodec codec = FrameCodec.plain(FrameLimits.of(MessageRegistry.core()));
    private volatile Pipe pipe;
    private Network.Listener listener;

    private ScriptedServer() {}

    /// Answers SetupConnection with `setUp`, and all else by the script.
    static ScriptedServer on(TestBed bed) {
        ScriptedServer server = new ScriptedServer();
        server.listener = bed.await(
                bed.network().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server::accept));
        return server;
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", listener.localAddress().getPort(), new ClientSecurity.Plain());
    }

    void send(Sv2Message... messages) {
        pipe.lane().execute(() -> write(List.of(messages)));
    }

    void close() {
        pipe.close(true);
    }

    @Override
    public void onBytes(byte[] bytes, int offset, int length) {
        codec.decoder().feed(bytes, offset, length);
        for (Frame frame = codec.decoder().poll();
                frame != null;
                frame = codec.decoder().poll()) {
            Sv2Message message = MessageRegistry.core().decode(frame);
            received.add(message);
            write(message instanceof SetupConnection ? setUp : script.apply(message));
        }
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        closed = true;
    }

    private PipeHandler accept(Pipe accepted) {
        pipe = accepted;
        return this;
    }

    private void write(List<? extends Sv2Message> messages) {
        for (Sv2Message message : messages) {
            byte[] bytes = MessageRegistry.core().encode(message).bytes();
            pipe.write(bytes, 0, bytes.length);
        }
        pipe.flush();
    }
}
