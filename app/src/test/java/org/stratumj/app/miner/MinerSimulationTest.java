package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.SimNetwork;
import org.stratumj.miner.Solution;
import org.stratumj.miner.Work;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.UpdateChannel;
import org.stratumj.protocol.mining.UpdateChannelError;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.testkit.TestAuthority;

/// The miner without its threads, at a scripted pool, on virtual time.
class MinerSimulationTest {
    private static final long SEED = 20261120;

    /// One hash in 4096, and in 16.
    private static final long BLOCK_NBITS = 0x1f0f_ffffL;

    private static final long EASY_BLOCK_NBITS = 0x200f_ffffL;

    private final SimNetwork network = new SimNetwork(SEED);
    private final TestAuthority authority = TestAuthority.fresh();
    private final RecordedEvents events = new RecordedEvents();
    private final MinerCounts counts = new MinerCounts();
    private final List<ScriptedHasher> hashers = new ArrayList<>();
    private final CompletableFuture<List<Hasher>> measured = new CompletableFuture<>();
    private final ScriptedPool pool = new ScriptedPool(network, authority);
    private final ScriptedPool reserve = new ScriptedPool(network, authority);
    private @Nullable MinerHandler handler;
    private @Nullable Sv2ClientService client;

    @BeforeEach
    void startPools() throws Sv2ServiceException {
        pool.start();
        reserve.start();
        pool.tip(1);
        reserve.tip(1);
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(client).shutdown(Duration.ofSeconds(1));
        network.run();
        network.close();
    }

    @Test
    @Tag("MIN-023")
    @Tag("MIN-037")
    @Tag("MIN-039")
    @Tag("NTM-007")
    void asksForChannelsOnceItKnowsItsHashRate() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1), false);
        network.advance(Duration.ofSeconds(10));
        assertThat(pool.received).isEmpty();

        measured.complete(List.of(hasher()));
        network.run();
        OpenStandardMiningChannel open =
                pool.received(OpenStandardMiningChannel.class).getFirst();
        assertThat(open.nominalHashRate()).isEqualTo((float) ScriptedHasher.EXPECTED);
        assertThat(open.maxTarget()).isEqualTo(ScriptedPool.target(10));
        assertThat(open.userIdentity()).isEqualTo(Str0255.of("rig1"));
        assertThat(hasher().works).hasSize(1);
    }

    @Test
    void sharesOutTheLimitOnSharesAmongItsChannels() throws Sv2ServiceException {
        mine(config(ChannelKind.EXTENDED, 4));
        assertThat(pool.received(OpenExtendedMiningChannel.class)).hasSize(4).allSatisfy(open -> {
            assertThat(open.maxTarget()).isEqualTo(ScriptedPool.target(40));
            assertThat(open.minExtranonceSize()).isEqualTo(ChannelSlot.MIN_EXTRANONCE_SIZE);
        });
        assertThat(hashers).allMatch(hasher -> !hasher.idle);
        assertThat(session().note()).isEmpty();
    }

    @ParameterizedTest
    @Tag("MIN-062")
    @Tag("NTM-007")
    @EnumSource
    @Tag("MIN-061")
    @Tag("MIN-063")
    void submitsWhatItsThreadsFind(ChannelKind kind) throws Sv2ServiceException {
        mine(config(kind, 2));
        for (int i = 0; i < 3; i++) {
            hashers.forEach(hasher -> find(hasher.solve()));
        }
        assertThat(pool.shares).hasSize(6).allMatch(JudgedShare::onTip);
        assertThat(pool.shares).extracting(JudgedShare::channelId).containsOnly(1L, 3L);
        assertThat(pool.shares)
                .filteredOn(share -> share.channelId() == 1)
                .extracting(JudgedShare::sequenceNumber)
                .containsExactly(0L, 1L, 2L);
        assertThat(pool.shares)
                .extracting(JudgedShare::extranonceSize)
                .containsOnly(kind == ChannelKind.STANDARD ? 0 : ScriptedPool.EXTRANONCE_SIZE);
        assertThat(counts.accepted()).isEqualTo(6);
        assertThat(counts.refused()).isEmpty();
        assertThat(counts.blocksFound()).isZero();
    }

    @Test
    @Tag("WRK-008")
    void appendsNothingToASharesMessage() throws Sv2ServiceException {
        mine(config(ChannelKind.EXTENDED, 1));
        find(hasher().solve());
        assertThat(pool.received(SubmitSharesExtended.class))
                .extracting(SubmitSharesExtended::tlvs)
                .containsExactly(Tlvs.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void rollsTheVersionWhereTheJobAllowsIt(ChannelKind kind) throws Sv2ServiceException {
        mine(config(kind, 1));
        assertThat(hasher().work().versionMask()).isEqualTo(Work.BIP320_MASK);
        assertThat(hasher().work().version()).isEqualTo(ScriptedPool.VERSION);
    }

    @Test
    @Tag("MIN-081")
    void keepsTheVersionWhereTheJobFixesIt() throws Sv2ServiceException {
        pool.versionRolling = false;
        mine(config(ChannelKind.EXTENDED, 1));
        assertThat(hasher().work().versionMask()).isZero();
    }

    @Test
    @Tag("CON-009")
    void keepsTheVersionWhereTheServerFixesIt() throws Sv2ServiceException {
        pool.serverFlags = MiningFlags.REQUIRES_FIXED_VERSION;
        mine(config(ChannelKind.STANDARD, 1));
        assertThat(hasher().work().versionMask()).isZero();
    }

    @Test
    void leavesAServerThatOpensOnlyExtendedChannelsIfItWantsStandardOnes() throws Sv2ServiceException {
        pool.serverFlags = MiningFlags.REQUIRES_EXTENDED_CHANNELS;
        mine(config(ChannelKind.STANDARD, 1));
        network.advance(Duration.ofSeconds(1));
        assertThat(pool.received).isEmpty();
        assertThat(reserve.received(OpenStandardMiningChannel.class)).hasSize(1);

        pool.serverFlags = 0;
    }

    @Test
    void opensExtendedChannelsAtAServerThatOpensOnlyThose() throws Sv2ServiceException {
        pool.serverFlags = MiningFlags.REQUIRES_EXTENDED_CHANNELS;
        mine(config(ChannelKind.EXTENDED, 1));
        assertThat(hasher().idle).isFalse();
    }

    @Test
    void submitsSharesOfAnOlderJobOnTheSameTip() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1));
        Solution older = hasher().solve();
        pool.job();
        network.run();
        assertThat(hasher().works).hasSize(2);

        find(older);
        assertThat(pool.shares).hasSize(1).allMatch(JudgedShare::onTip);
        assertThat(counts.accepted()).isEqualTo(1);
    }

    @Test
    @Tag("MIN-085")
    void dropsSharesOfAnOlderTip() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1));
        Solution stale = hasher().solve();
        pool.tip(2);
        network.run();
        find(stale);
        assertThat(pool.shares).isEmpty();

        find(hasher().solve());
        assertThat(pool.shares).hasSize(1).allMatch(JudgedShare::onTip);
    }

    @Test
    void submitsABlockOfAnOlderTip() throws Sv2ServiceException {
        pool.tip(ScriptedPool.hash(1), BLOCK_NBITS);
        mine(config(ChannelKind.STANDARD, 1));
        Solution block = hasher().solve(hasher().work(), Target.fromCompact(BLOCK_NBITS)::isMetBy);
        pool.tip(2);
        network.run();
        find(block);

        assertThat(pool.shares).hasSize(1).noneMatch(JudgedShare::onTip);
        assertThat(counts.refused()).containsOnlyKeys("stale-share");
        assertThat(events.texts()).contains("block found: " + block.hash());
        assertThat(events.warnings())
                .singleElement()
                .asString()
                .contains(": stale-share (it makes block " + block.hash() + "; the next tips show what became of it");
    }

    @Test
    void hashesForABlockWhereSharesAreHarder() throws Sv2ServiceException {
        pool.tip(ScriptedPool.hash(1), EASY_BLOCK_NBITS);
        pool.target = ScriptedPool.target(1L << 40);
        mine(config(ChannelKind.STANDARD, 1));
        Target easy = Target.fromCompact(EASY_BLOCK_NBITS);
        assertThat(hasher().work().target()).isEqualTo(easy);

        find(hasher().solve());
        assertThat(pool.shares).hasSize(1);
        assertThat(counts.blocksFound()).isEqualTo(1);
    }

    /// Every second hash is a block and no hash is a share, as on a regression test network.
    @Test
    void pacesBlocksWhereTheNetworkIsEasierThanTheChannel() throws Sv2ServiceException {
        pool.tip(ScriptedPool.hash(1), EASY_BLOCK_NBITS);
        pool.target = ScriptedPool.target(1L << 40);
        pool.verdict = _ -> Optional.empty();
        mine(config(ChannelKind.STANDARD, 1));
        Target easy = Target.fromCompact(EASY_BLOCK_NBITS);
        flood(200, easy);
        assertThat(pool.shares).hasSize(1);
        assertThat(hasher().targets.getLast())
                .as("blocks are no longer searched for")
                .isEqualTo(Target.ofLittleEndian(pool.target.bytes()));

        int intervals = 12;
        for (int i = 0; i < intervals; i++) {
            network.advance(SubmissionPace.BLOCK_INTERVAL);
            assertThat(hasher().targets.getLast()).isEqualTo(easy);
            flood(200, easy);
        }
        assertThat(pool.shares).hasSize(1 + intervals);

        pool.tip(ScriptedPool.hash(2), EASY_BLOCK_NBITS);
        network.run();
        flood(200, easy);
        assertThat(pool.shares).as("the first block of a tip goes at once").hasSize(2 + intervals);
        pool.job();
        network.run();
        flood(200, easy);
        assertThat(pool.shares).as("another job on the tip").hasSize(2 + intervals);
        assertThat(events.texts())
                .filteredOn(line -> line.startsWith("block found"))
                .hasSize(2 + intervals);
        assertThat(session().note()).isEmpty();
    }

    @Test
    void pacesSharesWhereTheServerIgnoresTheLimit() throws Sv2ServiceException {
        pool.target = U256.MAX;
        mine(config(ChannelKind.STANDARD, 1));
        for (int second = 0; second < 30; second++) {
            IntStream.range(0, 1000)
                    .forEach(_ -> Objects.requireNonNull(handler).onSolution(hasher().solve()));
            network.advance(Duration.ofSeconds(1));
        }
        double rate = SubmissionPace.SHARES_SLACK * MinerConfig.DEFAULT_SHARES_PER_SECOND_MAX;
        assertThat(pool.shares).hasSizeBetween(10_000, (int) (rate * (30 + SubmissionPace.SHARES_BURST_SECONDS)));
        assertThat(events.texts())
                .filteredOn(line -> line.contains("candidates dropped: "))
                .hasSizeBetween(1, 6);
    }

    @Test
    void logsAFloodOfBlocksInOneLine() throws Sv2ServiceException {
        pool.tip(ScriptedPool.hash(1), EASY_BLOCK_NBITS);
        pool.target = ScriptedPool.target(16);
        mine(config(ChannelKind.STANDARD, 1));
        flood(60, Target.fromCompact(EASY_BLOCK_NBITS));
        network.advance(MinerSession.TICK);
        assertThat(counts.blocksFound()).isEqualTo(60);
        assertThat(events.texts())
                .filteredOn(line -> line.startsWith("block found"))
                .hasSize(MinerSession.BLOCK_LINES_MAX);
        assertThat(events.texts()).contains("50 more blocks found: the network's target is easy to meet");
    }

    @ParameterizedTest
    @EnumSource
    void leavesAServerThatRefusesEveryShare(ChannelKind kind) throws Sv2ServiceException {
        pool.verdict = _ -> Optional.of("difficulty-too-low");
        mine(config(kind, 1));
        refuseFor(RefusalStreak.PATIENCE.minusSeconds(20));
        assertThat(reserve.received).isEmpty();
        refuseFor(Duration.ofSeconds(40));
        assertThat(events.warnings())
                .anyMatch(line ->
                        line.matches("no share accepted for 2 min, \\d+ refused \\(\\d+ difficulty-too-low\\): .*"));
        assertThat(reserve.received).isNotEmpty();
        assertThat(reserve.shares).isNotEmpty();
    }

    @Test
    void staysWithAServerThatAcceptsSomeShares() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1));
        pool.verdict = share -> share.sequenceNumber() % 10 == 0 ? Optional.empty() : Optional.of("stale-share");
        refuseFor(Duration.ofMinutes(20));
        assertThat(pool.shares).hasSize(240);
        assertThat(reserve.received).isEmpty();
    }

    /// Such a server refuses credit, and may still have use for the block.
    @Test
    void staysWithAServerThatRefusesBlocksThatAreNoShares() throws Sv2ServiceException {
        pool.tip(ScriptedPool.hash(1), EASY_BLOCK_NBITS);
        pool.target = ScriptedPool.target(1L << 40);
        mine(config(ChannelKind.STANDARD, 1));
        for (int i = 0; i < 60; i++) {
            flood(1, Target.fromCompact(EASY_BLOCK_NBITS));
            network.advance(SubmissionPace.BLOCK_INTERVAL);
        }
        assertThat(counts.refused()).containsExactly(Map.entry("difficulty-too-low", 60L));
        assertThat(reserve.received).isEmpty();
    }

    @Test
    void leavesItsOnlyServerAndComesBack() throws Sv2ServiceException {
        pool.verdict = _ -> Optional.of("invalid-share");
        MinerConfig config = config(ChannelKind.EXTENDED, 1);
        mine(config, List.of(pool.endpoint()), true);
        refuseFor(RefusalStreak.PATIENCE.plusSeconds(20));
        assertThat(pool.received(OpenExtendedMiningChannel.class)).hasSize(2);
        assertThat(hasher().idle).isFalse();
    }

    @Test
    void warnsOfARefusedBlockBesideAFloodOfRefusedShares() throws Sv2ServiceException {
        pool.tip(ScriptedPool.hash(1), BLOCK_NBITS);
        pool.verdict = _ -> Optional.of("invalid-share");
        mine(config(ChannelKind.STANDARD, 1));
        Target block = Target.fromCompact(BLOCK_NBITS);
        IntStream.range(0, 30)
                .forEach(_ -> find(hasher().solve(
                                hasher().work(),
                                hash -> !block.isMetBy(hash)
                                        && hasher().targets.getLast().isMetBy(hash))));
        Solution found = hasher().solve(hasher().work(), block::isMetBy);
        find(found);
        assertThat(events.warnings())
                .anySatisfy(line -> assertThat(line).contains(": invalid-share (it makes block " + found.hash()));
    }

    @Test
    void tellsWhenItsBlockIsInTheChain() throws Sv2ServiceException {
        pool.tip(ScriptedPool.hash(1), EASY_BLOCK_NBITS);
        mine(config(ChannelKind.STANDARD, 2));
        Solution block = hasher().solve(hasher().work(), Target.fromCompact(EASY_BLOCK_NBITS)::isMetBy);
        find(block);
        assertThat(counts.blocksFound()).isEqualTo(1);
        assertThat(counts.blocksInChain()).isZero();

        pool.tip(U256.of(pool.shares.getFirst().hashBytes()), EASY_BLOCK_NBITS);
        network.run();
        assertThat(counts.blocksInChain()).isEqualTo(1);
        assertThat(events.texts()).containsOnlyOnce("block accepted: " + block.hash());
    }

    @Test
    void dropsSharesThatDoNotMeetAHarderTarget() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1));
        Target before = hasher().work().target();
        pool.retarget(ScriptedPool.target(256));
        network.run();
        Target after = Target.ofLittleEndian(ScriptedPool.target(256).bytes());
        assertThat(hasher().targets).containsExactly(before, after);
        assertThat(hasher().works).as("no search space begins anew").hasSize(1);

        find(hasher().solve(hasher().work(), hash -> before.isMetBy(hash) && !after.isMetBy(hash)));
        assertThat(pool.shares).isEmpty();
        find(hasher().solve());
        assertThat(pool.shares).hasSize(1);
        assertThat(counts.refused()).isEmpty();
    }

    @Test
    @Tag("ERR-002")
    void saysWhyAShareWasRefused() throws Sv2ServiceException {
        pool.verdict = _ -> Optional.of("dupli\u001b[31mcate");
        mine(config(ChannelKind.STANDARD, 1));
        Solution share = hasher().solve();
        find(share);
        assertThat(counts.refused()).containsExactly(Map.entry("dupli{1b}[31mcate", 1L));
        assertThat(events.texts())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("share rejected on channel 1 of #")
                        .contains(": dupli{1b}[31mcate (sequence number 0, job 2, hash " + share.hash()));
    }

    @Test
    void logsAFloodOfRefusalsInOneLineWithTheirReasons() throws Sv2ServiceException {
        pool.verdict = _ -> Optional.of("invalid-share");
        mine(config(ChannelKind.STANDARD, 1));
        IntStream.range(0, 30).forEach(_ -> find(hasher().solve()));
        network.advance(MinerSession.TICK);
        assertThat(events.texts())
                .filteredOn(line -> line.startsWith("share rejected"))
                .hasSize(10);
        assertThat(events.texts()).anyMatch(line -> line.endsWith(": 20 invalid-share"));
        assertThat(counts.refused()).containsEntry("invalid-share", 30L);
    }

    @Test
    @Tag("MIN-039")
    @Tag("MIN-048")
    void tellsTheServerAnotherHashRateWhenTheyDriftApart() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1));
        hasher().measured = 1.2 * ScriptedHasher.EXPECTED;
        network.advance(Duration.ofMinutes(2));
        assertThat(pool.received(UpdateChannel.class)).isEmpty();

        hasher().measured = 10 * ScriptedHasher.EXPECTED;
        network.advance(MinerSession.TICK);
        assertThat(pool.received(UpdateChannel.class)).singleElement().satisfies(update -> {
            assertThat(update.nominalHashRate()).isEqualTo(10_000f);
            assertThat(update.maximumTarget()).isEqualTo(ScriptedPool.target(100));
        });
        hasher().measured = 100;
        network.advance(NominalHashRate.SETTLING.minus(MinerSession.TICK));
        assertThat(pool.received(UpdateChannel.class)).hasSize(1);
        network.advance(MinerSession.TICK.multipliedBy(2));
        assertThat(pool.received(UpdateChannel.class)).hasSize(2);

        pool.send(id -> new UpdateChannelError(id, Str0255.of("invalid-nominal-hashrate")));
        network.run();
        assertThat(events.texts())
                .anyMatch(line -> line.matches(
                        "the server refused the new hash rate of channel 1 of #\\d+: invalid-nominal-hashrate"));
    }

    @Test
    void tellsTheNextServerTheHashRateThatWasMeasuredLast() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1));
        hasher().measured = 5000;
        network.advance(Duration.ofMinutes(1));
        network.cut();
        hasher().measured = 0;
        pool.service().shutdown(Duration.ofSeconds(1));
        network.advance(Duration.ofSeconds(1));
        assertThat(reserve.received(OpenStandardMiningChannel.class))
                .extracting(OpenStandardMiningChannel::nominalHashRate)
                .containsExactly(5000f);
    }

    @Test
    void opensAChannelWithTheHashRateThatWasMeasuredLast() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 2));
        hasher().measured = 5000;
        network.advance(Duration.ofMinutes(1));
        assertThat(pool.received(UpdateChannel.class)).hasSize(1);
        pool.send(id -> id == 1 ? new CloseChannel(1, Str0255.of("moved")) : new UpdateChannelError(id, Str0255.EMPTY));
        network.advance(ChannelSlot.REOPEN_PAUSE.plus(MinerSession.TICK));
        assertThat(pool.received(OpenStandardMiningChannel.class))
                .extracting(OpenStandardMiningChannel::nominalHashRate)
                .containsExactly(1000f, 1000f, 5000f);
    }

    @Test
    void triesTheNextServerWhenOneRefusesAllChannels() throws Sv2ServiceException {
        pool.refuseChannels("unknown-user");
        mine(config(ChannelKind.STANDARD, 2));
        network.advance(Duration.ofSeconds(1));
        assertThat(pool.received).hasSize(2);
        assertThat(reserve.received(OpenStandardMiningChannel.class)).hasSize(2);
        assertThat(hashers).allMatch(hasher -> !hasher.idle);
        assertThat(events.texts())
                .anyMatch(line -> line.contains("the server refused a channel: unknown-user; asking again in 30 s"));
    }

    @ParameterizedTest
    @Tag("ERR-002")
    @Tag("ERR-003")
    @ValueSource(strings = {"unknown-user", "max-target-out-of-range", "a code of tomorrow", ""})
    void goesOverToTheNextServerWhateverTheCodeSays(String code) throws Sv2ServiceException {
        pool.refuseChannels(code);
        mine(config(ChannelKind.STANDARD, 2));
        network.advance(Duration.ofSeconds(1));
        assertThat(reserve.received(OpenStandardMiningChannel.class)).hasSize(2);
        assertThat(hashers).allMatch(hasher -> !hasher.idle);
        assertThat(events.texts())
                .anyMatch(line -> line.contains("the server refused a channel: " + code + "; asking again in 30 s"));
    }

    @Test
    void keepsAskingAServerThatRefusesWithGrowingPauses() throws Sv2ServiceException {
        pool.refuseChannels("unknown-user");
        reserve.refuseChannels("unknown-user");
        mine(config(ChannelKind.STANDARD, 1));
        network.advance(Duration.ofMinutes(10));
        assertThat(pool.received.size() + reserve.received.size()).isBetween(15, 50);

        pool.answerToOpen = null;
        network.advance(Duration.ofMinutes(2));
        assertThat(hasher().idle).isFalse();
    }

    @Test
    void minesOnTheChannelsItGotAndAsksForTheOthersAgain() throws Sv2ServiceException {
        pool.answerToOpen = null;
        mine(config(ChannelKind.STANDARD, 2));
        pool.refuseChannels("channel-capacity-exhausted");
        pool.send(id ->
                id == 1 ? new CloseChannel(1, Str0255.of("rebalancing")) : new UpdateChannelError(id, Str0255.EMPTY));
        network.run();
        assertThat(hashers).extracting(hasher -> hasher.idle).containsExactly(true, false);
        assertThat(session().note()).isEqualTo("1 of 2 channels have work");
        assertThat(events.texts())
                .anyMatch(line ->
                        line.matches("the server closed channel 1 of #\\d+: rebalancing; asking again in 30 s"));

        network.advance(ChannelSlot.REOPEN_PAUSE.plus(MinerSession.TICK));
        assertThat(pool.received(OpenStandardMiningChannel.class)).hasSize(3);
        pool.answerToOpen = null;
        network.advance(ChannelSlot.REOPEN_PAUSE.plus(MinerSession.TICK));
        assertThat(pool.received(OpenStandardMiningChannel.class)).hasSize(4);
        assertThat(hashers).allMatch(hasher -> !hasher.idle);
        assertThat(session().note()).isEmpty();
    }

    @Test
    void leavesAServerThatClosedEveryChannel() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1));
        network.advance(Duration.ofMinutes(5));
        pool.closeChannels("maintenance");
        network.run();
        assertThat(hasher().idle).isTrue();
        assertThat(reserve.received).isEmpty();
        network.advance(Duration.ofSeconds(1));
        assertThat(reserve.received(OpenStandardMiningChannel.class)).hasSize(1);
        assertThat(hasher().idle).isFalse();
    }

    @Test
    void leavesAServerThatDoesNotAnswer() throws Sv2ServiceException {
        pool.answerToOpen = _ -> List.of();
        mine(config(ChannelKind.STANDARD, 1));
        assertThat(session().note()).isEqualTo("waiting for work");
        network.advance(MinerConfig.DEFAULT_WORK_DEADLINE.minusSeconds(1));
        assertThat(reserve.received).isEmpty();
        network.advance(MinerSession.TICK.plusSeconds(2));
        assertThat(reserve.received(OpenStandardMiningChannel.class)).hasSize(1);
        assertThat(hasher().idle).isFalse();
    }

    @Test
    void leavesAServerThatAnswersWhatNobodyAsked() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1));
        pool.send(id -> new OpenMiningChannelError(99, Str0255.of("what")));
        network.advance(Duration.ofSeconds(1));
        assertThat(reserve.received(OpenStandardMiningChannel.class)).hasSize(1);
    }

    @Test
    void leavesAServerThatStartsAJobOnNoTip() throws Sv2ServiceException {
        pool.answerToOpen = requestId -> {
            pool.answerToOpen = null;
            return List.of(
                    new OpenStandardMiningChannelSuccess(requestId, 77, ScriptedPool.target(16), Bytes.EMPTY, 78),
                    new NewMiningJob(77, 1, OptionalLong.of(ScriptedPool.N_TIME), 1, ScriptedPool.hash(3)));
        };
        mine(config(ChannelKind.STANDARD, 1));
        network.advance(Duration.ofSeconds(1));
        assertThat(reserve.received(OpenStandardMiningChannel.class)).hasSize(1);
    }

    @Test
    void restsWhileTheServerIsAwayAndBeginsAnewWhenItIsBack() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 1), List.of(pool.endpoint()), true);
        network.advance(Duration.ofMinutes(1));
        Solution before = hasher().solve();
        pool.service().shutdown(Duration.ofSeconds(1));
        network.advance(Duration.ofSeconds(5));
        assertThat(hasher().idle).isTrue();
        find(before);

        pool.start();
        network.advance(Duration.ofSeconds(30));
        assertThat(pool.received(OpenStandardMiningChannel.class)).hasSize(2);
        assertThat(hasher().idle).isFalse();
        find(before);
        assertThat(pool.shares).as("found on a connection that is gone").isEmpty();
        find(hasher().solve());
        assertThat(pool.shares).hasSize(1);
        assertThat(pool.shares.getFirst().connection()).isEqualTo(2);
        assertThat(pool.shares.getFirst().sequenceNumber()).isZero();
    }

    @Test
    void dropsCandidatesThatComeFasterThanTheyCanBeSubmitted() throws Sv2ServiceException {
        pool.target = U256.MAX;
        mine(config(ChannelKind.STANDARD, 1));
        int tooMany = CandidateGate.CANDIDATES_MAX + 500;
        MinerHandler miner = Objects.requireNonNull(handler);
        IntStream.range(0, tooMany).forEach(_ -> miner.onSolution(hasher().solve()));
        network.run();
        assertThat(pool.shares).hasSize(CandidateGate.CANDIDATES_MAX);
        network.advance(MinerSession.TICK);
        assertThat(events.texts()).anyMatch(line -> line.startsWith("500 candidates dropped: "));
    }

    @Test
    @Tag("MIN-051")
    void closesItsChannelsAndSubmitsNothingAfterThat() throws Sv2ServiceException {
        mine(config(ChannelKind.STANDARD, 2));
        Objects.requireNonNull(handler).onSolution(hasher().solve());
        Solution late = hasher().solve();
        handler.close();
        network.run();
        find(late);
        assertThat(pool.shares).hasSize(1);
        assertThat(pool.received(CloseChannel.class))
                .extracting(CloseChannel::channelId)
                .containsExactly(1L, 3L);
        assertThat(hashers).allMatch(hasher -> hasher.idle);
    }

    private MinerConfig config(ChannelKind kind, int channels) {
        MinerConfig usual = MinerConfig.of(pool.endpoint());
        return new MinerConfig(
                List.of(pool.endpoint(), reserve.endpoint()),
                Str0255.of("rig1"),
                kind,
                channels,
                channels,
                usual.hashesPerSecondMax(),
                usual.engine(),
                usual.versionMask(),
                usual.sharesPerSecondMax(),
                usual.workDeadline());
    }

    private void mine(MinerConfig config) throws Sv2ServiceException {
        mine(config, true);
    }

    private void mine(MinerConfig config, boolean isMeasured) throws Sv2ServiceException {
        mine(config, config.upstreams(), isMeasured);
    }

    private void mine(MinerConfig config, List<Endpoint> upstreams, boolean isMeasured) throws Sv2ServiceException {
        IntStream.range(0, config.channels()).forEach(_ -> hashers.add(new ScriptedHasher()));
        MinerHandler mining = new MinerHandler(config, measured, counts, events);
        handler = mining;
        if (isMeasured) {
            measured.complete(List.copyOf(hashers));
        }
        Sv2ClientService service = Sv2ClientService.builder(network)
                .name(MinerRole.NAME)
                .mining(upstreams, mining)
                .build();
        client = service;
        service.start();
        network.run();
    }

    private ScriptedHasher hasher() {
        return hashers.getFirst();
    }

    private void find(Solution solution) {
        Objects.requireNonNull(handler).onSolution(solution);
        network.run();
    }

    /// Solutions of the present work that meet this target, all in one turn.
    private void flood(int count, Target target) {
        IntStream.range(0, count)
                .mapToObj(_ -> hasher().solve(hasher().work(), target::isMetBy))
                .forEach(Objects.requireNonNull(handler)::onSolution);
        network.run();
    }

    /// A share every five seconds.
    private void refuseFor(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusSeconds(5)) {
            find(hasher().solve());
            network.advance(Duration.ofSeconds(5));
        }
    }

    private MinerSession session() {
        return Objects.requireNonNull(Objects.requireNonNull(handler).session());
    }
}
