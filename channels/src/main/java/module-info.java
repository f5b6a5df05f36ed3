/// Mining channels, server and client side, as pure state machines.
@org.jspecify.annotations.NullMarked
module org.stratumj.channels {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.protocol;
    requires transitive org.stratumj.bitcoin;
}
