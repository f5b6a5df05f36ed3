package org.stratumj.app.template;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.stratumj.app.role.RoleContext;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.WatchPolicy;
import org.stratumj.node.embedded.ChainProfile;
import org.stratumj.node.embedded.EmbeddedNode;
import org.stratumj.node.embedded.EmbeddedOptions;

/// A template provider in a process of its own, for [BlockCrashIT] to kill. Its node never answers a submit as long as
/// there is a file `stall`.
public final class StallingProvider {
    private StallingProvider() {}

    /// Runs until it is killed.
    ///
    /// @param args the directory with `chain`, `blocks` and `stall`
    public static void main(String[] args) throws InterruptedException {
        Path directory = Path.of(args[0]);
        TemplateProviderConfig config = new TemplateProviderConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ServerSecurity.Plain(),
                ConnectionLimits.defaults(),
                WatchPolicy.DEFAULT,
                directory.resolve("blocks"));
        RoleContext context =
                new RoleContext(NettyNetwork.open(), event -> System.out.println(event.text()), InstantSource.system());
        TemplateProviderRole provider = new TemplateProviderRole(config, node(directory), context);
        provider.start();
        System.out.println("port " + provider.localAddress().orElseThrow().getPort());
        new CountDownLatch(1).await();
    }

    private static NodeBackend node(Path directory) {
        EmbeddedNode chain =
                EmbeddedNode.start(EmbeddedOptions.of(ChainProfile.REGTEST).withFile(directory.resolve("chain")));
        return (NodeBackend) Proxy.newProxyInstance(
                NodeBackend.class.getClassLoader(), new Class<?>[] {NodeBackend.class}, (_, method, arguments) -> {
                    if (method.getName().equals("submit") && Files.exists(directory.resolve("stall"))) {
                        System.out.println("submitting");
                        new CountDownLatch(1).await();
                    }
                    return method.invoke(chain, arguments);
                });
    }
}
