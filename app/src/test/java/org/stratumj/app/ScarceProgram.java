package org.stratumj.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import org.stratumj.app.log.LogLevel;
import org.stratumj.app.log.Logging;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.noise.secp256k1.Secp256k1s;
import org.stratumj.service.NullSv2MiningServerHandler;
import org.stratumj.service.Sv2ServerService;

/// A server that listens with few open files: for [DescriptorsIT].
public final class ScarceProgram {
    private ScarceProgram() {}

    public static void main(String[] args) throws Exception {
        Logging.to(System.err::println, LogLevel.WARN, false);
        SecureRandom random = new SecureRandom();
        AuthoritySecretKey secret = AuthoritySecretKey.generate(Secp256k1s.best(random), random);
        NettyNetwork network = NettyNetwork.open();
        Sv2ServerService server = Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(new ServerSecurity.Noise(secret, Duration.ofHours(1)))
                .limits(ConnectionLimits.defaults().with(limits -> limits.handshakeDeadline(Duration.ofMinutes(2))))
                .mining(new NullSv2MiningServerHandler())
                .build();
        server.start();
        System.out.println("port " + server.localAddress().getPort());
        Thread.currentThread().join();
    }
}
