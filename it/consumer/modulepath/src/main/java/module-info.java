/// A server on the module path.
module com.example.server {
    requires org.stratumj.channels;
    requires org.stratumj.json;
    requires org.stratumj.miner;
    requires org.stratumj.node;
    requires org.stratumj.service;

    exports com.example.server;
}
