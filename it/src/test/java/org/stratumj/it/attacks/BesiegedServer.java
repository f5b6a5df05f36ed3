package org.stratumj.it.attacks;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.PeerInfo;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1;
import org.stratumj.noise.secp256k1.Secp256k1Policy;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServiceListener;
import org.stratumj.service.Sv2JobDeclarationServerHandler;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.service.Sv2ServerService;
import org.stratumj.service.Sv2ServiceException;

/// A server in a process of its own, so that its memory is nobody else's. It serves job declaration, the only
/// subprotocol whose clients may send a frame of 16 MiB, and mining, where it credits each share. Prints its port,
/// then answers each line it is asked: `peers`, `heap` (bytes after a collection), `direct` (bytes of direct buffers),
/// `memory` (both), `descriptors` (files and sockets that are open), or `half-frames` (connections that missed the
/// frame deadline).
final class BesiegedServer implements Sv2JobDeclarationServerHandler, ServiceListener {
    private static final int COLLECTIONS = 3;

    private final AtomicInteger halfFrames = new AtomicInteger();

    private BesiegedServer() {}

    /// Serves until standard input ends.
    ///
    /// @param args `plain` or `noise`, the most connections, the frame deadline in milliseconds
    public static void main(String[] args) throws IOException, Sv2ServiceException {
        int connectionsMax = Integer.parseInt(args[1]);
        BesiegedServer handler = new BesiegedServer();
        try (NettyNetwork network = NettyNetwork.open();
                Sv2ServerService server = Sv2ServerService.builder(network)
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .security(args[0].equals("plain") ? new ServerSecurity.Plain() : noise())
                        .limits(ConnectionLimits.defaults()
                                .with(change -> change.connectionsMax(connectionsMax)
                                        .perSourceMax(connectionsMax)
                                        .halfOpenMax(connectionsMax)
                                        .halfOpenPerSourceMax(connectionsMax)
                                        .handshakeDeadline(Duration.ofMinutes(1))
                                        .setupDeadline(Duration.ofMinutes(1))
                                        .frameDeadline(Duration.ofMillis(Long.parseLong(args[2])))))
                        .jobDeclaration(handler)
                        .mining(new Crediting())
                        .listener(handler)
                        .build()) {
            server.start();
            System.out.println(server.localAddress().getPort());
            var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                System.out.println(
                        switch (question) {
                            case "peers" -> server.peers().size();
                            case "memory" -> heap() + direct();
                            case "heap" -> heap();
                            case "direct" -> direct();
                            case "descriptors" -> descriptors();
                            case "half-frames" -> handler.halfFrames.get();
                            default -> throw new IllegalArgumentException(question);
                        });
            }
        }
    }

    @Override
    public long supportedFlags() {
        return 0;
    }

    @Override
    public PeerHandler<JobDeclarationToServer, JobDeclarationToClient> open(Downstream<JobDeclarationToClient> peer) {
        return message -> Effect.none();
    }

    @Override
    public void onDisconnected(PeerInfo peer, CloseReason reason) {
        if (reason instanceof CloseReason.DeadlineMissed(CloseReason.Step step, Duration _)
                && step == CloseReason.Step.FRAME) {
            halfFrames.incrementAndGet();
        }
    }

    private static ServerSecurity noise() {
        SecureRandom random = new SecureRandom();
        Secp256k1 curve = Secp256k1s.select(Secp256k1Policy.PREFER_CONSTANT_TIME, random);
        return new ServerSecurity.Noise(
                AuthoritySecretKey.generate(curve, random), Duration.ofHours(1), Secp256k1Policy.PREFER_CONSTANT_TIME);
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /// -1 where the system does not tell.
    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
    }

    /// Acknowledges each share by itself.
    private static final class Crediting implements Sv2MiningServerHandler {
        @Override
        public long supportedFlags() {
            return 0;
        }

        @Override
        public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
            return message -> message instanceof SubmitSharesStandard share
                    ? Effect.reply(new SubmitSharesSuccess(share.channelId(), share.sequenceNumber(), 1, 1))
                    : Effect.none();
        }
    }
}
