/// One Stratum V2 connection over a socket: lane, limits, deadlines.
@org.jspecify.annotations.NullMarked
module org.stratumj.connection {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.codec;
    requires transitive org.stratumj.noise;
    requires transitive org.stratumj.protocol;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires jdk.jfr;

    exports org.stratumj.connection;
    exports org.stratumj.connection.netty;
    exports org.stratumj.connection.sim;
}
