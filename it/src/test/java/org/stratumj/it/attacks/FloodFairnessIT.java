package org.stratumj.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.extension.negotiation.RequestExtensions;
import org.stratumj.protocol.extension.negotiation.RequestExtensionsError;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.Sv2JobDeclarationServerHandler;
import org.stratumj.service.Sv2ServerService;

/// Goal: peers that send as fast as they can do not keep another of the same lane from its turn. Method: one lane, some
/// peers that flood it with messages that cost a look each, and one that asks and waits for each answer.
class FloodFairnessIT {
    private static final int FLOODERS = 4;
    private static final int QUESTIONS = 200;

    /// A peer without its turn gets none while the flood lasts.
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);

    private final AtomicLong flood = new AtomicLong();
    private volatile boolean over;

    @Test
    void floodingPeersLeaveOthersTheirTurn() throws Exception {
        List<Thread> flooders = new ArrayList<>();
        try (var network = NettyNetwork.open(1, InstantSource.system(), new SecureRandom());
                var server = Sv2ServerService.builder(network)
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .security(new ServerSecurity.Plain())
                        .jobDeclaration(new Silent())
                        .build()) {
            server.start();
            InetSocketAddress address = server.localAddress();
            try (Socket honest = connect(address)) {
                for (int i = 0; i < FLOODERS; i++) {
                    flooders.add(Thread.ofPlatform().start(() -> flood(address)));
                }
                for (int i = 0; i < QUESTIONS; i++) {
                    send(honest, new RequestExtensions(i, List.of(2)));
                    assertThat(receive(honest)).isEqualTo(new RequestExtensionsError(i, List.of(2), List.of()));
                }
                assertThat(flood.get()).as("messages of the flood").isGreaterThan(10L * QUESTIONS);
                assertThat(server.peers()).hasSize(1 + FLOODERS);
            } finally {
                over = true; // whoever still writes fails, as the server is about to go
            }
        }
        for (Thread flooder : flooders) {
            flooder.join();
        }
    }

    private void flood(InetSocketAddress address) {
        byte[] message = encoded(new UnknownMessage(0x4001, false, 7, Bytes.of(new byte[100])));
        byte[] many = new byte[message.length * 100];
        for (int at = 0; at < many.length; at += message.length) {
            System.arraycopy(message, 0, many, at, message.length);
        }
        try (Socket socket = connect(address)) {
            while (!over) {
                socket.getOutputStream().write(many);
                flood.addAndGet(100);
            }
        } catch (IOException e) {
            if (!over) {
                throw new UncheckedIOException("sent away", e); // and is missing among the peers
            }
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) ANSWER_WITHIN.toMillis());
        Str0255 text = Str0255.of("flood");
        send(
                socket,
                new SetupConnection(
                        Subprotocol.JOB_DECLARATION.code(), 2, 2, 0, text, 1, text, text, text, Str0255.EMPTY));
        assertThat(receive(socket)).isEqualTo(new SetupConnectionSuccess(2, 0));
        return socket;
    }

    private static void send(Socket socket, Sv2Message message) throws IOException {
        socket.getOutputStream().write(encoded(message));
    }

    private static Sv2Message receive(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        FrameHeader header = FrameHeader.parse(in.readNBytes(FrameHeader.SIZE), 0);
        byte[] payload = in.readNBytes(header.payloadLength());
        return MessageRegistry.core().decode(header, payload, 0, payload.length);
    }

    private static byte[] encoded(Sv2Message message) {
        return MessageRegistry.core().encode(message).bytes();
    }

    private static final class Silent implements Sv2JobDeclarationServerHandler {
        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public PeerHandler<JobDeclarationToServer, JobDeclarationToClient> open(
                Downstream<JobDeclarationToClient> peer) {
            return message -> Effect.none();
        }
    }
}
