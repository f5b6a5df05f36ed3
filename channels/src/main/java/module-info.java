/// Mining channels, server and client side, as pure state machines.
@org.jspecify.annotations.NullMarked
module org.stratumj.channels {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.protocol;
    requires transitive org.stratumj.bitcoin;

    exports org.stratumj.channels;
    exports org.stratumj.channels.client;
    exports org.stratumj.channels.declaration;
    exports org.stratumj.channels.extranonce;
    exports org.stratumj.channels.job;
    exports org.stratumj.channels.proxy;
    exports org.stratumj.channels.server;
    exports org.stratumj.channels.share;
    exports org.stratumj.channels.vardiff;
}
