package org.stratumj.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.channels.proxy.UpstreamChannel;
import org.stratumj.channels.server.ServerChannel;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetGroupChannel;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Range;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Peers that send whatever the messages can hold, in any order. A server answers all of it and stays within its
/// bounds; a client takes it or calls it a violation.
class HostilePeerTest {
    private static final int MESSAGES = 3_000;
    private static final int CHANNELS_MAX = 20;
    /// Around an extranonce as long as those of [Fixtures#SPACE].
    private static final CoinbaseParts COINBASE = Fixtures.startedFactory()
            .work()
            .active()
            .orElseThrow()
            .job(Fixtures.PAYOUT)
            .coinbase();

    private static final Str0255 TEXT = Str0255.of("x");

    @ParameterizedTest
    @Tag("MIN-068")
    @Tag("MIN-069")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aServerAnswersAnything(long seed) {
        Random random = new Random(seed);
        ExtranonceLeases leases = new ExtranonceLeases(3, seed);
        ServerPolicy policy = new ServerPolicy(
                CHANNELS_MAX, Fixtures.EASY_TARGETS, ServerPolicy.DEFAULT.shares(), ServerPolicy.DEFAULT.vardiff());
        MiningFlags flags = MiningFlags.of(random.nextInt(4), random.nextInt(4));
        TestPool pool = new TestPool(Fixtures.startedFactory(), flags, policy, leases);
        long template = 1;
        for (int i = 0; i < MESSAGES; i++) {
            int _ = act(pool, random).size();
            if (random.nextInt(50) == 0) {
                pool.factory.onNewTemplate(Fixtures.template(++template, random.nextBoolean()));
                int _ = pool.server.work(pool.factory.work()).size();
            }
            assertThat(pool.server.channels().size()).isLessThanOrEqualTo(CHANNELS_MAX);
        }
        assertDistinct(pool.server.channels().stream().map(ServerChannel::id).toList());
        assertDistinct(pool.server.channels().stream()
                .map(channel -> channel.extranoncePrefix().slice(0, 4))
                .toList());
        pool.server.closeAll();
        leases.newTip();
        leases.newTip();
        assertThat(leases.taken()).as("seed %d", seed).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aClientTakesAnythingOrCallsItAViolation(long seed) {
        Random random = new Random(seed);
        ClientChannels client = new ClientChannels(MiningFlags.NONE);
        int taken = 0;
        int violations = 0;
        for (int i = 0; i < MESSAGES; i++) {
            if (client.channels().size() < CHANNELS_MAX) {
                client.openStandard(TEXT, 0, Target.MAX);
                client.openExtended(TEXT, 0, Target.MAX, random.nextInt(10));
            }
            try {
                taken += client.on(fromServer(random)).size();
            } catch (PeerViolationException e) {
                violations++;
            }
        }

        assertThat(taken).as("seed %d", seed).isGreaterThan(30);
        assertThat(violations).as("seed %d", seed).isGreaterThan(30);
    }

    /// Behind an upstream that sends nonsense, a proxy's own channels still get work that is sound.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProxyMakesWorkOfWhateverItsUpstreamSends(long seed) {
        Random random = new Random(seed);
        TestPool pool = new TestPool();
        ExtendedClientChannel channel = pool.openExtended();
        UpstreamChannel upstream = new UpstreamChannel(channel, 2, 0);
        pool.events.forEach(upstream::on);
        int changes = 0;
        for (int i = 0; i < MESSAGES; i++) {
            MiningToClient message = fromServer(random);
            if (message instanceof CloseChannel) {
                continue;
            }
            try {
                for (ClientEvent event : pool.client.on(message)) {
                    changes += upstream.on(event).isPresent() ? 1 : 0;
                }
            } catch (PeerViolationException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }

        assertThat(changes).as("seed %d", seed).isPositive();
        assertThat(upstream.work().tip()).isPresent();
    }

    private static List<?> act(TestPool pool, Random random) {
        pool.pass(Duration.ofMillis(random.nextInt(2000)));
        return switch (random.nextInt(9)) {
            case 0 ->
                pool.server.open(
                        new OpenStandardMiningChannel(u32(random), TEXT, rate(random), u256(random)),
                        Fixtures.PAYOUT,
                        pool.now);
            case 1 ->
                pool.server.open(
                        new OpenExtendedMiningChannel(
                                u32(random), TEXT, rate(random), u256(random), random.nextInt(12)),
                        Fixtures.PAYOUT,
                        pool.now);
            case 2 -> pool.server.update(new UpdateChannel(id(random), rate(random), u256(random)), pool.now);
            case 3 -> pool.server.close(id(random));
            case 4, 5 ->
                acknowledged(
                        pool,
                        pool.server.submit(
                                new SubmitSharesStandard(
                                        id(random), u32(random), id(random), u32(random), time(random), u32(random)),
                                pool.now));
            case 6, 7 ->
                acknowledged(
                        pool,
                        pool.server.submit(
                                new SubmitSharesExtended(
                                        id(random),
                                        u32(random),
                                        id(random),
                                        u32(random),
                                        time(random),
                                        u32(random),
                                        bytes(random, random.nextBoolean() ? 8 : random.nextInt(33))),
                                pool.now));
            default -> pool.server.retarget(pool.now);
        };
    }

    private static List<?> acknowledged(TestPool pool, ShareVerdict verdict) {
        assertThat(verdict.error().isPresent()).isEqualTo(verdict.credit() instanceof Refused);
        return pool.server.acknowledge(verdict, pool.now).stream().toList();
    }

    private static MiningToClient fromServer(Random random) {
        OptionalLong minNTime = random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(u32(random));
        return switch (random.nextInt(13)) {
            case 0 ->
                new OpenStandardMiningChannelSuccess(
                        id(random), id(random), u256(random), bytes(random, random.nextInt(33)), id(random));
            case 1 ->
                new OpenExtendedMiningChannelSuccess(
                        id(random),
                        id(random),
                        u256(random),
                        random.nextInt(40),
                        bytes(random, random.nextInt(33)),
                        id(random));
            case 2 -> new OpenMiningChannelError(id(random), TEXT);
            case 3 -> new NewMiningJob(id(random), id(random), minNTime, u32(random), u256(random));
            case 4, 5, 6 ->
                new NewExtendedMiningJob(
                        id(random),
                        id(random),
                        minNTime,
                        u32(random),
                        random.nextBoolean(),
                        List.of(u256(random), u256(random)),
                        random.nextBoolean() ? COINBASE.prefix() : bytes(random, random.nextInt(60)),
                        random.nextInt(10) > 0 ? COINBASE.suffix() : bytes(random, random.nextInt(60)));
            case 7, 8 -> new SetNewPrevHash(id(random), id(random), u256(random), u32(random), u32(random));
            case 9 -> new SetTarget(id(random), u256(random));
            case 10 ->
                random.nextInt(10) == 0
                        ? new CloseChannel(id(random), TEXT)
                        : new SetExtranoncePrefix(id(random), bytes(random, random.nextInt(33)));
            case 11 -> new SetGroupChannel(id(random), List.of(id(random), id(random)));
            default ->
                random.nextBoolean()
                        ? new SubmitSharesSuccess(id(random), u32(random), u32(random), random.nextLong())
                        : new SubmitSharesError(id(random), u32(random), TEXT);
        };
    }

    /// Small, so that ids of channels, groups, jobs and requests are often hit.
    private static long id(Random random) {
        return random.nextInt(30);
    }

    private static long u32(Random random) {
        return random.nextLong() & Range.U32_MAX;
    }

    private static long time(Random random) {
        return Fixtures.NOW.getEpochSecond() + random.nextInt(20_000) - 5_000;
    }

    private static float rate(Random random) {
        return random.nextInt(4) == 0 ? 0 : (float) Math.pow(10, random.nextInt(39));
    }

    private static U256 u256(Random random) {
        return random.nextInt(4) == 0 ? U256.MAX : U256.of(bytes(random, 32).bytes());
    }

    private static Bytes bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private static void assertDistinct(List<?> values) {
        Set<Object> distinct = new HashSet<>(values);
        assertThat(distinct).hasSameSizeAs(values);
    }
}
