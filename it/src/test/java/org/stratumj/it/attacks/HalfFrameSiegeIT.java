package org.stratumj.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.codec.FrameCodec;
import org.stratumj.codec.FrameLimits;
import org.stratumj.noise.CertificatePolicy;
import org.stratumj.noise.CipherState;
import org.stratumj.noise.HandshakeInitiator;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Str0255;

/// Goal: ten thousand peers that are set up, each announce a frame of 16 MiB and stop, cost a server next to
/// nothing and are gone after the deadline. Method: real sockets from this process to a server in another,
/// which says what it holds after a collection, before and during. With fewer file descriptors there are fewer
/// peers.
@Timeout(150)
class HalfFrameSiegeIT {
    private static final int PEERS_WANTED = 10_000;
    private static final long BYTES_MAX = 64 << 20;
    private static final int FRAME_DEADLINE_MILLIS = 10_000;

    /// Of ProvideMissingTransactions.Success with the longest payload.
    private static final byte[] HEADER = {0, 0, 0x56, (byte) 0xff, (byte) 0xff, (byte) 0xff};

    /// Connections on their way at a time, below what the system queues for a listener.
    private static final int BATCH = 250;

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Frame SETUP = MessageRegistry.core()
            .encode(new SetupConnection(
                    Subprotocol.JOB_DECLARATION.code(),
                    2,
                    2,
                    0,
                    Str0255.of("127.0.0.1"),
                    1,
                    Str0255.of("siege"),
                    Str0255.EMPTY,
                    Str0255.EMPTY,
                    Str0255.EMPTY));

    private final List<Besieger> besiegers = new ArrayList<>();
    private Process server;
    private BufferedReader answers;
    private PrintStream questions;

    @AfterEach
    void lift() throws IOException {
        for (Besieger besieger : besiegers) {
            besieger.socket.close();
        }
        if (server != null) {
            server.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "noise"})
    void tenThousandHalfFramesCostNextToNothingAndEnd(String security) throws Exception {
        int peers = peers();
        InetSocketAddress address = start(security, peers + 100);
        besiegers.addAll(connect(address, security, 1)); // loads what one connection needs
        awaitPeers(1);
        long before = ask("memory");

        for (int made = 0; made < peers; made += BATCH) {
            besiegers.addAll(connect(address, security, Math.min(BATCH, peers - made)));
        }
        awaitPeers(1 + peers);
        for (Besieger besieger : besiegers) {
            besieger.send(HEADER);
        }
        long all = 0;
        for (int i = 0; i < 3; i++) {
            all = Math.max(all, ask("memory") - before);
            assertThat(ask("peers")).isEqualTo(1 + peers);
        }
        System.out.printf(
                "%d peers with half a frame, %s: %.1f MiB in all, %d bytes each%n",
                peers, security, all / (double) (1 << 20), all / peers);
        assertThat(all).isLessThan(BYTES_MAX);

        besiegers.addAll(connect(address, security, 1));
        awaitPeers(2 + peers);
        awaitPeers(1);
        assertThat(ask("half-frames")).isEqualTo(1 + peers);
    }

    /// The server, in a process like this one, may have as many descriptors.
    private static int peers() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        long descriptors = system instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : PEERS_WANTED + 1_000;
        return (int) Math.min(PEERS_WANTED, descriptors - 500);
    }

    private InetSocketAddress start(String security, int connectionsMax) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Netty takes direct memory from the JDK then, whose figure is all there is.
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dio.netty.maxDirectMemory=0",
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BesiegedServer.class.getName(),
                        security,
                        String.valueOf(connectionsMax),
                        String.valueOf(FRAME_DEADLINE_MILLIS))
                .redirectError(new File("target", "besieged-" + security + ".log"));
        builder.environment().remove("JDK_JAVA_OPTIONS");
        server = builder.start();
        answers = server.inputReader(StandardCharsets.UTF_8);
        questions = new PrintStream(server.getOutputStream(), true, StandardCharsets.UTF_8);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(answers.readLine()));
    }

    private long ask(String question) throws IOException {
        questions.println(question);
        return Long.parseLong(answers.readLine());
    }

    private void awaitPeers(int number) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (long peers = ask("peers"); peers != number; peers = ask("peers")) {
            assertThat(System.nanoTime() - end)
                    .as("%d peers, not %d", peers, number)
                    .isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static List<Besieger> connect(InetSocketAddress address, String security, int number) throws IOException {
        List<Besieger> batch = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel socket = SocketChannel.open(address);
            batch.add(security.equals("plain") ? new Besieger(socket) : new EncryptedBesieger(socket));
        }
        for (Besieger besieger : batch) {
            besieger.setUp();
        }
        return batch;
    }

    private static class Besieger {
        final SocketChannel socket;

        Besieger(SocketChannel socket) {
            this.socket = socket;
        }

        void setUp() throws IOException {
            write(SETUP.bytes());
        }

        void send(byte[] header) throws IOException {
            write(header);
        }

        final void write(byte[] bytes) throws IOException {
            for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                socket.write(left);
            }
        }
    }

    private static final class EncryptedBesieger extends Besieger {
        private static final Secp256k1 CURVE = Secp256k1s.select(Secp256k1Policy.PREFER_CONSTANT_TIME, RANDOM);

        private final HandshakeInitiator handshake =
                HandshakeInitiator.start(CertificatePolicy.trustAnyAuthority(), CURVE, InstantSource.system(), RANDOM);
        private CipherState cipher;

        EncryptedBesieger(SocketChannel socket) throws IOException {
            super(socket);
            write(handshake.act1());
        }

        @Override
        void setUp() throws IOException {
            ByteBuffer act2 = ByteBuffer.allocate(HandshakeInitiator.ACT2_BYTES);
            while (act2.hasRemaining()) {
                assertThat(socket.read(act2)).as("the server closed").isPositive();
            }
            var ciphers = handshake.readAct2(act2.array()).ciphers();
            cipher = ciphers.send();
            write(FrameCodec.encrypted(ciphers, FrameLimits.of(MessageRegistry.core()))
                    .encoder()
                    .encode(SETUP));
        }

        @Override
        void send(byte[] header) throws IOException {
            byte[] sealed = new byte[FrameHeader.SIZE + CipherState.TAG_BYTES];
            cipher.seal(header, 0, FrameHeader.SIZE, sealed, 0);
            write(sealed);
        }
    }
}
