package org.stratumj.app.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.app.ChildProcess;
import org.stratumj.app.Main;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.app.role.RoleContext;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.sim.TestBed;
import org.stratumj.miner.Work;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.service.Sv2ServiceException;
import org.stratumj.testkit.TestAuthority;

/// The whole miner, its threads included, at a scripted pool over sockets. The pool checks each share by itself.
class MinerIT {
    /// All threads together: so slow that no share is lost on a busy machine.
    private static final double HASHRATE = 20_000;

    /// About eighty shares a second.
    private static final long HASHES_PER_SHARE = 256;

    private final TestAuthority authority = TestAuthority.fresh();
    private final RecordedEvents events = new RecordedEvents();
    private final TestBed bed = TestBed.sockets();
    private final ScriptedPool pool = new ScriptedPool(bed.network(), authority);
    private @Nullable MinerRole miner;

    @BeforeEach
    void startPool() throws Sv2ServiceException {
        pool.target = ScriptedPool.target(HASHES_PER_SHARE);
        pool.start();
        pool.tip(1);
    }

    @AfterEach
    void stop() {
        if (miner != null) {
            miner.close();
        }
        pool.service().close();
        bed.close();
    }

    @ParameterizedTest
    @Tag("MIN-005")
    @Tag("MIN-059")
    @Tag("MIN-060")
    @EnumSource
    @Tag("TDP-043")
    @Tag("MIN-061")
    void findsSharesThatHold(ChannelKind kind) {
        MinerRole mining =
                mine(config().withHashing(4, HASHRATE, EngineOption.DIGEST).withChannels(kind, 2));
        bed.await(() -> pool.shares.size() >= 100);
        mining.close();
        List<JudgedShare> shares = List.copyOf(pool.shares);

        BigInteger target = JudgedShare.number(pool.target.bytes());
        Set<Object> headers = new HashSet<>();
        assertThat(shares).allSatisfy(share -> {
            assertThat(share.meets(target)).isTrue();
            assertThat(share.onTip()).isTrue();
            assertThat(share.late()).isZero();
            assertThat(share.versionRolled() & ~Work.BIP320_MASK).isZero();
            assertThat(share.extranonceSize())
                    .isEqualTo(kind == ChannelKind.STANDARD ? 0 : ScriptedPool.EXTRANONCE_SIZE);
            assertThat(headers.add(share.header())).isTrue();
        });
        assertThat(shares.stream().map(JudgedShare::versionRolled).distinct())
                .as("the two threads of a channel")
                .hasSizeGreaterThan(1);
        for (long channel :
                shares.stream().map(JudgedShare::channelId).distinct().toList()) {
            List<Long> numbers = shares.stream()
                    .filter(share -> share.channelId() == channel)
                    .map(JudgedShare::sequenceNumber)
                    .toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates().startsWith(0L);
            assertThat(numbers.getLast()).isEqualTo(numbers.size() - 1L);
        }
        assertThat(mining.status().sharesRejected()).isEmpty();
        assertThat(mining.status().sharesAccepted()).isPositive();
    }

    @Test
    void showsWhatItDoes() {
        MinerRole mining = mine(config());
        bed.await(() -> mining.status().sharesAccepted() >= 50);
        assertThat(mining.status().connections()).isEqualTo(1);
        assertThat(mining.status().address()).isEqualTo(pool.endpoint().toString());
        assertThat(mining.status().note()).isEmpty();
        assertThat(mining.status().hashesPerSecond().orElseThrow()).isBetween(HASHRATE / 20, 2 * HASHRATE);
        assertThat(pool.received(OpenExtendedMiningChannel.class))
                .extracting(OpenExtendedMiningChannel::nominalHashRate)
                .containsExactly((float) HASHRATE);
        assertThat(events.texts())
                .anyMatch(line -> line.startsWith("2 threads, digest engine (as told), 20.0 kH/s expected"))
                .anyMatch(line -> line.matches("server #\\d+ 127\\.0\\.0\\.1:.*") && line.endsWith(" connected"))
                .anyMatch(line -> line.matches("channel 1 of #\\d+ open, difficulty .*"));
    }

    @ParameterizedTest
    @Tag("MIN-085")
    @Tag("TDP-028")
    @EnumSource
    void goesOverToANewTipAtOnce(ChannelKind kind) {
        mine(config().withChannels(kind, 1));
        for (int tip = 2; tip < 6; tip++) {
            int before = pool.shares.size();
            bed.await(() -> pool.shares.size() >= before + 5);
            pool.tip(tip);
        }
        int last = pool.shares.size();
        bed.await(() -> pool.shares.size() >= last + 5);

        List<Long> jobs = pool.shares.stream().map(JudgedShare::jobId).toList();
        assertThat(jobs)
                .as("none of an older tip after the first of a newer one")
                .isSorted();
        assertThat(jobs.stream().distinct()).hasSize(5);
        assertThat(pool.shares.getLast().onTip()).isTrue();
    }

    @Test
    void followsTheTargetWithoutHashingAnythingTwice() {
        MinerRole mining = mine(config());
        bed.await(() -> pool.shares.size() >= 20);
        pool.verdict = _ -> Optional.empty();
        pool.retarget(ScriptedPool.target(8 * HASHES_PER_SHARE));
        int before = pool.shares.size();
        bed.await(() -> pool.shares.size() >= before + 30);
        List<JudgedShare> shares = List.copyOf(pool.shares);
        mining.close();

        BigInteger harder =
                JudgedShare.number(ScriptedPool.target(8 * HASHES_PER_SHARE).bytes());
        assertThat(shares.subList(shares.size() - 10, shares.size())).allMatch(share -> share.meets(harder));
        assertThat(shares).extracting(JudgedShare::header).doesNotHaveDuplicates();
    }

    @Test
    void saysWhyAShareWasRejected() {
        pool.verdict = share -> share.sequenceNumber() == 2 ? Optional.of("invalid-share") : Optional.empty();
        MinerRole mining = mine(config());
        bed.await(() -> mining.status().sharesAccepted() >= 5);
        assertThat(mining.status().sharesRejected()).containsOnly(Map.entry("invalid-share", 1L));
        assertThat(events.texts())
                .anyMatch(line -> line.matches(
                        "share rejected on channel 1 of #\\d+: invalid-share \\(sequence number 2, job .*"));
    }

    @Test
    void restsWithoutAServerAndComesBack() throws Sv2ServiceException {
        MinerRole mining = mine(config());
        bed.await(() -> pool.shares.size() >= 5);
        pool.service().close();
        bed.await(() -> mining.status().note().startsWith("no server: "));
        assertThat(mining.status().connections()).isZero();
        assertThat(events.texts()).anyMatch(line -> line.contains("; the threads rest while it is tried again"));
        int before = pool.shares.size();

        pool.start();
        bed.await(() -> pool.shares.size() >= before + 5);
        assertThat(pool.shares.getLast().connection()).isEqualTo(2);
        assertThat(pool.shares.getLast().channelId()).isEqualTo(3);
        assertThat(mining.status().sharesRejected()).isEmpty();
        assertThat(mining.status().note()).isEmpty();
    }

    @Test
    void minesAtTheNextServerWhenOneIsNotToBeTrusted() {
        Endpoint real = pool.endpoint();
        Endpoint posing =
                new Endpoint(real.host(), real.port(), TestAuthority.fresh().client());
        mine(config(List.of(posing, real)));
        bed.await(() -> pool.shares.size() >= 5);
        assertThat(pool.received(OpenExtendedMiningChannel.class)).hasSize(1);
    }

    @Test
    void stopsItsThreadsAndClosesItsChannels() {
        MinerRole mining = mine(config().withChannels(ChannelKind.STANDARD, 2));
        bed.await(() -> pool.shares.size() >= 5);
        mining.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("miner-"));
        assertThat(pool.received(CloseChannel.class))
                .extracting(CloseChannel::reasonCode)
                .containsExactly(Str0255.of("miner stopped"), Str0255.of("miner stopped"));
        assertThat(pool.received.subList(pool.received.size() - 2, pool.received.size()))
                .allMatch(CloseChannel.class::isInstance);
        assertThat(mining.status().connections()).isZero();
    }

    @Test
    void closesWhileItMeasures() {
        MinerRole mining = mine(config());
        mining.close();
        mining.close();
        assertThat(mining.status().hashesPerSecond().orElseThrow()).isZero();
    }

    /// Goal: Ctrl-C ends the program in order. Method: the whole program in a process of its own.
    @Test
    void endsInOrderOnCtrlC(@TempDir Path directory) throws IOException, InterruptedException {
        String url =
                "stratum2+tcp://" + pool.endpoint() + "/" + ((ClientSecurity.Noise) authority.client()).authority();
        try (ChildProcess program = ChildProcess.start(
                directory,
                Main.class,
                MinerRole.NAME,
                "--upstream=" + url,
                "--user=rig1",
                "--threads=1",
                "--hashrate=5k",
                "--engine=digest")) {
            bed.await(() -> pool.received(SubmitSharesExtended.class).size() >= 5);
            program.signal("INT");
            assertThat(program.exitCode()).isEqualTo(130);
            assertThat(program.errors()).isEmpty();
        }
        assertThat(pool.received(OpenExtendedMiningChannel.class))
                .extracting(OpenExtendedMiningChannel::userIdentity)
                .containsExactly(Str0255.of("rig1"));
        assertThat(pool.received.getLast()).isInstanceOf(CloseChannel.class);
    }

    private MinerConfig config() {
        return config(List.of(pool.endpoint()));
    }

    private static MinerConfig config(List<Endpoint> upstreams) {
        MinerConfig usual = MinerConfig.of(upstreams.getFirst());
        return new MinerConfig(
                        upstreams,
                        usual.userIdentity(),
                        usual.channel(),
                        usual.channels(),
                        usual.threads(),
                        usual.hashesPerSecondMax(),
                        usual.engine(),
                        usual.versionMask(),
                        usual.sharesPerSecondMax(),
                        usual.workDeadline())
                .withHashing(2, HASHRATE, EngineOption.DIGEST);
    }

    private MinerRole mine(MinerConfig config) {
        MinerRole mining = new MinerRole(
                config, new RoleContext(bed.network(), events, bed.network().clock()));
        miner = mining;
        mining.start();
        return mining;
    }
}
