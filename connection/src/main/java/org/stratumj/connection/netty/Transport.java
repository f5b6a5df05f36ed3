package org.stratumj.connection.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Map;

/// How the platform does sockets.
///
/// @param options of a connected socket, beyond those that every transport has
record Transport(
        IoHandlerFactory handler,
        Class<? extends ServerChannel> listener,
        Class<? extends Channel> socket,
        Map<ChannelOption<Integer>, Integer> options) {
    // A peer that is gone without a word is noticed after about two minutes, also while nothing is to be sent.
    private static final int KEEP_ALIVE_IDLE_SECONDS = 60;
    private static final int KEEP_ALIVE_INTERVAL_SECONDS = 15;
    private static final int KEEP_ALIVE_PROBES = 4;
    private static final int UNACKNOWLEDGED_MILLIS_MAX = 60_000;

    /// Epoll on Linux, else what the JDK has.
    static Transport best() {
        return Epoll.isAvailable() ? epoll() : nio();
    }

    static Transport nio() {
        return new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class, Map.of());
    }

    private static Transport epoll() {
        return new Transport(
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                Map.of(
                        EpollChannelOption.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_SECONDS,
                        EpollChannelOption.TCP_KEEPINTVL, KEEP_ALIVE_INTERVAL_SECONDS,
                        EpollChannelOption.TCP_KEEPCNT, KEEP_ALIVE_PROBES,
                        EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLIS_MAX));
    }
}
