package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.jobdeclaration.AllocateMiningJobToken;
import org.stratumj.protocol.jobdeclaration.DeclareMiningJob;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToClient;
import org.stratumj.protocol.jobdeclaration.JobDeclarationToServer;
import org.stratumj.protocol.jobdeclaration.ProvideMissingTransactionsSuccess;
import org.stratumj.protocol.jobdeclaration.PushSolution;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SetCustomMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.template.CoinbaseOutputConstraints;
import org.stratumj.protocol.template.RequestTransactionData;
import org.stratumj.protocol.template.SubmitSolution;
import org.stratumj.protocol.template.TemplateToClient;
import org.stratumj.protocol.template.TemplateToServer;
import org.stratumj.service.adapter.JobDeclarationClientAdapter;
import org.stratumj.service.adapter.JobDeclarationPeerAdapter;
import org.stratumj.service.adapter.MiningClientAdapter;
import org.stratumj.service.adapter.MiningPeerAdapter;
import org.stratumj.service.adapter.TemplateDistributionClientAdapter;
import org.stratumj.service.adapter.TemplateDistributionPeerAdapter;

/// Goal: an adapter gives each message to its method, and Null handlers throw at nothing. Method: every message there
/// is.
class AdaptersTest {
    private final List<String> called = new ArrayList<>();

    @Test
    void clientsThatOverrideNothingDoNothing() {
        assertThat(SmallestMessages.of(MiningToClient.class))
                .hasSize(15)
                .allMatch(message -> new MiningClient().onMessage(message).equals(Effect.none()));
        assertThat(SmallestMessages.of(JobDeclarationToClient.class))
                .hasSize(4)
                .allMatch(
                        message -> new JobDeclarationClient().onMessage(message).equals(Effect.none()));
        assertThat(SmallestMessages.of(TemplateToClient.class))
                .hasSize(4)
                .allMatch(message -> new TemplateClient().onMessage(message).equals(Effect.none()));
    }

    @Test
    void clientsGetWhatTheyOverride() {
        MiningClientAdapter client = new MiningClient() {
            @Override
            protected Effect<MiningToServer> onNewMiningJob(NewMiningJob job) {
                return Effect.close(new CloseReason.Local("job " + job.jobId()));
            }
        };
        assertThat(SmallestMessages.of(MiningToClient.class).map(client::onMessage))
                .containsOnlyOnce(Effect.close(new CloseReason.Local("job 0")));
    }

    @Test
    void peersGetEachMessageInItsMethod() {
        MiningPeerAdapter mining = new MiningPeer();
        calls(SmallestMessages.of(MiningToServer.class), mining::onMessage);
        assertThat(called)
                .containsExactlyInAnyOrder(
                        "OpenStandardMiningChannel",
                        "OpenExtendedMiningChannel",
                        "CloseChannel",
                        "SubmitSharesStandard",
                        "SubmitSharesExtended",
                        "SetCustomMiningJob"); // and UpdateChannel, which does nothing
        called.clear();
        calls(SmallestMessages.of(JobDeclarationToServer.class), new JobDeclarationPeer()::onMessage);
        calls(SmallestMessages.of(TemplateToServer.class), new TemplatePeer()::onMessage);
        assertThat(called)
                .containsExactlyInAnyOrder(
                        "AllocateMiningJobToken",
                        "DeclareMiningJob",
                        "ProvideMissingTransactionsSuccess",
                        "PushSolution",
                        "CoinbaseOutputConstraints",
                        "RequestTransactionData",
                        "SubmitSolution");
    }

    @Test
    void nullHandlersEndWhatIsBroughtToThemByHand() {
        assertThat(SmallestMessages.of(MiningToClient.class)
                        .map(message -> new NullSv2MiningClientHandler().onMessage(message)))
                .containsOnly(Effect.none());
        assertThat(SmallestMessages.of(JobDeclarationToClient.class)
                        .map(message -> new NullSv2JobDeclarationClientHandler().onMessage(message)))
                .containsOnly(Effect.none());
        assertThat(SmallestMessages.of(TemplateToClient.class)
                        .map(message -> new NullSv2TemplateDistributionClientHandler().onMessage(message)))
                .containsOnly(Effect.none());
        assertThat(new NullSv2MiningServerHandler().supportedFlags()).isZero();
        assertThat(new NullSv2JobDeclarationServerHandler().supportedFlags()).isZero();
        assertThat(new NullSv2TemplateDistributionServerHandler().supportedFlags())
                .isZero();
    }

    private static <I, E> void calls(Stream<I> messages, Function<I, E> handler) {
        messages.forEach(message -> assertThat(handler.apply(message)).isEqualTo(Effect.none()));
    }

    private <O extends Sv2Message> Effect<O> call(Object message) {
        called.add(message.getClass().getSimpleName());
        return Effect.none();
    }

    private static class MiningClient extends MiningClientAdapter {
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
    }

    private static final class JobDeclarationClient extends JobDeclarationClientAdapter {
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
    }

    private static final class TemplateClient extends TemplateDistributionClientAdapter {
        @Override
        public Effect<TemplateToServer> onUp(Upstream<TemplateToServer> upstream) {
            return Effect.none();
        }
    }

    private final class MiningPeer extends MiningPeerAdapter {
        @Override
        protected Effect<MiningToClient> onOpenStandardMiningChannel(OpenStandardMiningChannel message) {
            return call(message);
        }

        @Override
        protected Effect<MiningToClient> onOpenExtendedMiningChannel(OpenExtendedMiningChannel message) {
            return call(message);
        }

        @Override
        protected Effect<MiningToClient> onCloseChannel(CloseChannel message) {
            return call(message);
        }

        @Override
        protected Effect<MiningToClient> onSubmitSharesStandard(SubmitSharesStandard message) {
            return call(message);
        }

        @Override
        protected Effect<MiningToClient> onSubmitSharesExtended(SubmitSharesExtended message) {
            return call(message);
        }

        @Override
        protected Effect<MiningToClient> onSetCustomMiningJob(SetCustomMiningJob message) {
            return call(message);
        }
    }

    private final class JobDeclarationPeer extends JobDeclarationPeerAdapter {
        @Override
        protected Effect<JobDeclarationToClient> onAllocateMiningJobToken(AllocateMiningJobToken message) {
            return call(message);
        }

        @Override
        protected Effect<JobDeclarationToClient> onDeclareMiningJob(DeclareMiningJob message) {
            return call(message);
        }

        @Override
        protected Effect<JobDeclarationToClient> onProvideMissingTransactionsSuccess(
                ProvideMissingTransactionsSuccess message) {
            return call(message);
        }

        @Override
        protected Effect<JobDeclarationToClient> onPushSolution(PushSolution message) {
            return call(message);
        }
    }

    private final class TemplatePeer extends TemplateDistributionPeerAdapter {
        @Override
        protected Effect<TemplateToClient> onCoinbaseOutputConstraints(CoinbaseOutputConstraints message) {
            return call(message);
        }

        @Override
        protected Effect<TemplateToClient> onRequestTransactionData(RequestTransactionData message) {
            return call(message);
        }

        @Override
        protected Effect<TemplateToClient> onSubmitSolution(SubmitSolution message) {
            return call(message);
        }
    }
}
