package com.example.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.stratumj.connection.Network;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.noise.AuthoritySecretKey;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.service.Sv2ServerService;

/// A mining server with Noise, on a port of loopback.
public final class EncryptedServer {
    private EncryptedServer() {}

    public static Sv2ServerService on(Network network, AuthoritySecretKey key, Sv2MiningServerHandler handler) {
        return Sv2ServerService.builder(network)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .security(new ServerSecurity.Noise(key, Duration.ofHours(1)))
                .mining(handler)
                .build();
    }
}
