package org.stratumj.fuzz;

import static org.stratumj.fuzz.Property.require;
import static org.stratumj.fuzz.Property.requireEqual;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.connection.Acceptor;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.Connection;
import org.stratumj.connection.ConnectionHandler;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Dialer;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.SetupOffer;
import org.stratumj.connection.SetupPolicy;
import org.stratumj.connection.VersionRange;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;

/// A server on the simulated network, one good client and one that does what the input says: bytes, frames and
/// messages in any order, silence, not reading, leaving. It is closed for a reason of its own doing or set up in time;
/// our code does not fail, and the good client does not notice.
class ConnectionFuzzTest {
    private static final int STEPS_MAX = 40;
    private static final Duration ALL_DEADLINES = Duration.ofSeconds(30);
    private static final ConnectionLimits LIMITS = ConnectionLimits.defaults()
            .with(change -> change.payloadBytesMax(1 << 20)
                    .outboundBytesMax(1 << 14)
                    .firstChannelDeadline(Duration.ZERO)); // the good client opens none
    private static final SetupPolicy POLICY = new SetupPolicy(Map.of(Subprotocol.MINING, 0b101L));
    private static final MessageRegistry REGISTRY = MessageRegistry.core();

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "0000" + "0200" + "0501" + "0505", // set up and share
                        "0001" + "000a" + "474554202f20485454502f", // another protocol
                        "0002" + "0201" + "040040" + "05ff05ff05ff", // not reading
                        "0003" + "0200" + "01050100000000" + "0700", // a frame, and away
                        "0004" + "0300" + "03ff03ff03ff", // silence
                        "0005" + "0200" + "0627ffff", // a header without its payload
                        "0100" + "0040" + "11".repeat(64) + "0016" + "22".repeat(22)) // against Noise
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void disturbsNobodyElse(byte[] data) {
        var in = new Input(data);
        boolean encrypted = in.flag();
        try (var network = new SimNetwork(in.u8())) {
            var server = new Server(network, encrypted);
            var good = server.client(network);
            var intruder = new Intruder();
            var dialled = network.connect("127.0.0.1", server.port(), Duration.ofSeconds(5), intruder::on);
            done(network, dialled);
            for (int step = 0; step < STEPS_MAX && !in.isEmpty(); step++) {
                intruder.step(network, in);
                network.run();
            }
            network.advance(ALL_DEADLINES);
            requireInOrder(server.accepted.getFirst(), good);
            server.accepted.forEach(Side::require);
            requireGood(network, server.accepted.getFirst(), good);
        }
    }

    private static void requireInOrder(Side served, Side good) {
        Property.require(served.closed == null && good.closed == null, "the good client stays");
    }

    private static void requireGood(SimNetwork network, Side served, Side good) {
        int before = good.received;
        good.send(share(1));
        network.run();
        requireEqual(before + 1, good.received, "answers to the good client");
        require(served.received > 0, "heard by the server");
    }

    private static SubmitSharesStandard share(int number) {
        return new SubmitSharesStandard(1, number, 1, 1, 1, 1);
    }

    private static <T> T done(SimNetwork network, CompletionStage<T> stage) {
        network.run();
        return stage.toCompletableFuture().join();
    }

    /// One end of a connection, as its handler sees it.
    private static class Side implements ConnectionHandler {
        @Nullable
        Connection connection;

        @Nullable
        CloseReason closed;

        int received;

        @Override
        public void onOpen(Connection opened) {
            Property.require(connection == null && closed == null, "opened once, first");
            connection = opened;
        }

        @Override
        public void onMessage(Sv2Message message) {
            Property.require(connection != null && closed == null, "a message between opening and closing");
            received++;
        }

        @Override
        public void onClosed(CloseReason reason) {
            Property.require(closed == null, "closed once");
            closed = reason;
        }

        void send(Sv2Message message) {
            var open = connection;
            if (open != null) {
                open.lane().execute(() -> {
                    open.send(message);
                    open.flush();
                });
            }
        }

        void require() {
            Property.require(!(closed instanceof CloseReason.HandlerFailed), "our code failed: " + closed);
            Property.require(closed != null || connection != null, "set up or closed when all deadlines have passed");
            Property.require(closed == null || closed.text().lines().count() == 1, "a reason in one line");
        }
    }

    /// Answers each share.
    private static final class Server implements Acceptor.Handlers {
        final List<Side> accepted = new ArrayList<>();
        private final Acceptor acceptor;
        private final boolean encrypted;

        Server(SimNetwork network, boolean encrypted) {
            this.encrypted = encrypted;
            var security = encrypted
                    ? new ServerSecurity.Noise(
                            NoiseParties.AUTHORITY, Duration.ofHours(1), Secp256k1Policy.PREFER_CONSTANT_TIME)
                    : new ServerSecurity.Plain();
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            acceptor = done(network, Acceptor.listen(network, address, security, LIMITS, POLICY, this));
        }

        int port() {
            return acceptor.localAddress().getPort();
        }

        Side client(SimNetwork network) {
            var security = encrypted ? new ClientSecurity.NoiseAnyAuthority() : new ClientSecurity.Plain();
            var client = new Side();
            var endpoint = new Endpoint("127.0.0.1", port(), security);
            done(network, new Dialer(network, LIMITS).dial(endpoint, new SetupOffer(setup(0), 0), client));
            Property.require(client.connection != null, "the good client is set up");
            return client;
        }

        @Override
        public ConnectionHandler accept(Connection connection) {
            var side = new Side() {
                @Override
                public void onMessage(Sv2Message message) {
                    super.onMessage(message);
                    connection.send(new SubmitSharesSuccess(1, received, 1, 1));
                    connection.flush();
                }
            };
            accepted.add(side);
            return side;
        }
    }

    /// The other client.
    private static final class Intruder implements PipeHandler {
        @Nullable
        Pipe pipe;

        PipeHandler on(Pipe dialled) {
            pipe = dialled;
            return this;
        }

        void step(SimNetwork network, Input in) {
            int kind = in.u8() % 8;
            switch (kind) {
                case 0 -> write(in.take(in.u8()));
                case 1 -> write(frame(in, in.take(in.u8())));
                case 2 -> write(REGISTRY.encode(setup(in.u8())).bytes());
                case 3 -> network.advance(Duration.ofMillis(50L * in.u8()));
                case 4 -> onLane(at -> at.readable(in.flag()));
                case 5 -> shares(in.u8());
                case 6 -> write(new FrameHeader(in.u8() >> 1 << 8, in.flag(), in.u8(), in.u16()), in.take(in.u8()));
                default -> onLane(at -> at.close(in.flag()));
            }
        }

        @Override
        public void onBytes(byte[] bytes, int offset, int length) {}

        @Override
        public void onClosed(@Nullable Throwable failure) {}

        private void shares(int count) {
            for (int i = 0; i < count; i++) {
                write(REGISTRY.encode(share(i)).bytes());
            }
        }

        private static byte[] frame(Input in, byte[] payload) {
            var layout = REGISTRY.layouts().get(in.u8() % REGISTRY.layouts().size());
            var header = new FrameHeader(
                    layout.extensionType(), layout.channelMessage(), layout.messageType(), payload.length);
            return new Frame(header, Bytes.of(payload)).bytes();
        }

        private void write(FrameHeader header, byte[] payload) {
            var bytes = new byte[FrameHeader.SIZE + payload.length];
            header.writeTo(bytes, 0);
            System.arraycopy(payload, 0, bytes, FrameHeader.SIZE, payload.length);
            write(bytes);
        }

        private void write(byte[] bytes) {
            onLane(at -> {
                at.write(bytes, 0, bytes.length);
                at.flush();
            });
        }

        private void onLane(Consumer<Pipe> action) {
            var at = pipe;
            require(at != null, "dialled");
            at.lane().execute(() -> action.accept(at));
        }
    }

    private static SetupConnection setup(int flags) {
        return new SetupConnection(
                Subprotocol.MINING.code(),
                VersionRange.CURRENT.min(),
                VersionRange.CURRENT.max(),
                flags,
                Str0255.of("pool.example"),
                3333,
                Str0255.of("maker"),
                Str0255.of("model"),
                Str0255.of("1.0"),
                Str0255.of("device"));
    }
}
