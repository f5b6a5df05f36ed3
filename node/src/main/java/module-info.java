/// Bitcoin nodes behind one interface: embedded chain and JSON-RPC.
@org.jspecify.annotations.NullMarked
module org.stratumj.node {
    requires static transitive org.jspecify;
    requires transitive org.stratumj.bitcoin;
    requires java.net.http;
    requires tools.jackson.databind;

    exports org.stratumj.node;
    exports org.stratumj.node.embedded;
    exports org.stratumj.node.rpc;
}
