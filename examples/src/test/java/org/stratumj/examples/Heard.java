package org.stratumj.examples;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.Downstream;
import org.stratumj.service.Effect;
import org.stratumj.service.PeerHandler;
import org.stratumj.service.Sv2JobDeclarationClientHandler;
import org.stratumj.service.Sv2JobDeclarationServerHandler;
import org.stratumj.service.Sv2MiningClientHandler;
import org.stratumj.service.Sv2MiningServerHandler;
import org.stratumj.service.Sv2TemplateDistributionClientHandler;
import org.stratumj.service.Sv2TemplateDistributionServerHandler;
import org.stratumj.service.Upstream;

/// Handlers of every position that write down what they hear, and say nothing.
final class Heard {
    final List<Sv2Message> messages = new CopyOnWriteArrayList<>();

    private <O extends Sv2Message> Effect<O> add(Sv2Message message) {
        messages.add(message);
        return Effect.none();
    }

    Sv2MiningServerHandler miningServer() {
        return new Sv2MiningServerHandler() {
            @Override
            public long supportedFlags() {
                return 0;
            }

            @Override
            public PeerHandler<MiningToServer, MiningToClient> open(Downstream<MiningToClient> peer) {
                return Heard.this::add;
            }
        };
    }

    Sv2JobDeclarationServerHandler jobDeclarationServer() {
        return new Sv2JobDeclarationServerHandler() {
            @Override
            public long supportedFlags() {
                return 0;
            }

            @Override
            public PeerHandler<JobDeclarationToServer, JobDeclarationToClient> open(
                    Downstream<JobDeclarationToClient> peer) {
                return Heard.this::add;
            }
        };
    }

    Sv2TemplateDistributionServerHandler templateServer() {
        return peer -> this::add;
    }

    Sv2MiningClientHandler miningClient() {
        return new Sv2MiningClientHandler() {
            @Override
            public long requestedFlags() {
                return 0;
            }

            @Override
            public long acceptedServerFlags() {
                return 0;
            }

            @Override
            public Effect<MiningToServer> onUp(Upstream<MiningToServer> upstream) {
                return Effect.none();
            }

            @Override
            public Effect<MiningToServer> onMessage(MiningToClient message) {
                return add(message);
            }
        };
    }

    Sv2JobDeclarationClientHandler jobDeclarationClient() {
        return new Sv2JobDeclarationClientHandler() {
            @Override
            public long requestedFlags() {
                return 0;
            }

            @Override
            public long acceptedServerFlags() {
                return 0;
            }

            @Override
            public Effect<JobDeclarationToServer> onUp(Upstream<JobDeclarationToServer> upstream) {
                return Effect.none();
            }

            @Override
            public Effect<JobDeclarationToServer> onMessage(JobDeclarationToClient message) {
                return add(message);
            }
        };
    }

    Sv2TemplateDistributionClientHandler templateClient() {
        return new Sv2TemplateDistributionClientHandler() {
            @Override
            public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
                return Effect.none();
            }

            @Override
            public Effect<TemplateToServer> onMessage(TemplateToClient message) {
                return add(message);
            }
        };
    }
}
