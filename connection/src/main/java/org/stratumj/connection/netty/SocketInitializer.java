package org.stratumj.connection.netty;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Function;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// Makes each new socket a pipe of the lane whose event loop it is registered with.
final class SocketInitializer extends ChannelInitializer<SocketChannel> {
    private final Function<EventLoop, NettyLane> lanes;
    private final Function<Pipe, PipeHandler> factory;
    private final OpenPipes pipes;

    SocketInitializer(Function<EventLoop, NettyLane> lanes, Function<Pipe, PipeHandler> factory, OpenPipes pipes) {
        this.lanes = lanes;
        this.factory = factory;
        this.pipes = pipes;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        channel.pipeline().addLast(new NettyPipe(channel, lanes.apply(channel.eventLoop()), factory, pipes));
    }
}
