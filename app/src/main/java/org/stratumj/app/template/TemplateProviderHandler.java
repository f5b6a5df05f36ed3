package org.stratumj.app.template;

import org.jspecify.annotations.Nullable;
import org.stratumj.app.role.RoleEvents;
import org.stratumj.node.CoinbaseReserve;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.Downstream;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.ServerContext;
import org.stratumj.service.Sv2TemplateDistributionServerHandler;

/// Gives each client its [TemplatePeer] and tells all of them of news from the node. Any thread.
final class TemplateProviderHandler implements Sv2TemplateDistributionServerHandler {
    private final TemplateShelf shelf;
    private final Solutions solutions;
    private final RoleEvents events;
    private final boolean coinbaseWitness;
    private volatile @Nullable ServerContext<TemplateToClient> clients;

    TemplateProviderHandler(TemplateShelf shelf, Solutions solutions, RoleEvents events, boolean coinbaseWitness) {
        this.shelf = shelf;
        this.solutions = solutions;
        this.events = events;
        this.coinbaseWitness = coinbaseWitness;
    }

    @Override
    public long supportedFlags() {
        return 0; // none are defined. Spec: 07 §7
    }

    @Override
    public void onStart(ServerContext<TemplateToClient> context) {
        clients = context;
    }

    @Override
    public PeerHandler<TemplateToServer, TemplateToClient> open(Downstream<TemplateToClient> peer) {
        return new TemplatePeer(peer, shelf, solutions, events, coinbaseWitness);
    }

    int peers() {
        ServerContext<TemplateToClient> context = clients;
        return context == null ? 0 : context.peers();
    }

    /// Tells every client that there is something newer on the shelf. Called by the node's thread, which
    /// hashes what most clients will get, so that no lane has to.
    void newEdition(Edition edition) {
        edition.withReserved(new CoinbaseReserve(0, 0), 0);

        ServerContext<TemplateToClient> context = clients;
        if (context != null) {
            context.announce(TemplatePeer.class, TemplatePeer::newest);
        }
    }
}
