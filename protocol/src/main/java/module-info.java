/// Stratum V2 data types, frame and messages.
@org.jspecify.annotations.NullMarked
module org.stratumj.protocol {
    requires static transitive org.jspecify;

    exports org.stratumj.protocol;
    exports org.stratumj.protocol.common;
    exports org.stratumj.protocol.extension;
    exports org.stratumj.protocol.extension.negotiation;
    exports org.stratumj.protocol.extension.worker;
    exports org.stratumj.protocol.frame;
    exports org.stratumj.protocol.jobdeclaration;
    exports org.stratumj.protocol.layout;
    exports org.stratumj.protocol.mining;
    exports org.stratumj.protocol.template;
    exports org.stratumj.protocol.wire;
}
