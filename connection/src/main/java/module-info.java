/// One Stratum V2 connection over a socket: lane, limits, deadlines.
@org.jspecify.annotations.NullMarked
module org.stratumj.connection {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.codec;
}
