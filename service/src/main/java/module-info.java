/// Sv2ServerService and Sv2ClientService: handlers, negotiation, links, life cycle.
@org.jspecify.annotations.NullMarked
module org.stratumj.service {
    requires static transitive org.jspecify;
    requires jdk.jfr;
    requires transitive org.stratumj.connection;
    requires transitive org.stratumj.protocol;

    exports org.stratumj.service;
    exports org.stratumj.service.adapter;
}
