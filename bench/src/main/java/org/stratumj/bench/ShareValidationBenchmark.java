package org.stratumj.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// A share from its message to the verdict: what a pool does per share, without connection and journal.
///
/// Iterations are short, because each starts with nothing seen and no channel takes more shares on one tip than
/// [org.stratumj.channels.share.SeenShares#SHARES_PER_TIP_MAX].
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class ShareValidationBenchmark {
    private static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);
    private static final long VERSION = 0x2000_0000L;
    private static final Bytes EXTRANONCE = Bytes.ofHex("00112233445566778899aabbccddeeff");
    private static final Payout PAYOUT = Payout.to(Script.P2WSH_OP_TRUE);

    /// Levels of the merkle path: 12 for a block of some four thousand transactions.
    @Param({"0", "12"})
    public int merklePath = 12;

    /// Whether the shares meet the target.
    @Param({"true", "false"})
    public boolean met = true;

    private ServerChannels channels = channels();
    private long standard;
    private long extended;
    private long nonce;

    /// Opens a channel of each kind.
    @Setup(Level.Iteration)
    public void open() {
        channels = channels();
        Str0255 user = Str0255.of("bench");
        channels.open(new OpenStandardMiningChannel(1, user, 0, U256.MAX), PAYOUT, NOW);
        channels.open(new OpenExtendedMiningChannel(2, user, 0, U256.MAX, 16), PAYOUT, NOW);
        standard = channels.channels().getFirst().id();
        extended = channels.channels().getLast().id();
    }

    /// A share of a standard channel: one header.
    @Benchmark
    public ShareVerdict standard() {
        return channels.submit(new SubmitSharesStandard(standard, 0, 1, nonce++, NOW.getEpochSecond(), VERSION), NOW);
    }

    /// A share of an extended channel, found with the extranonce of the share before: one header.
    @Benchmark
    public ShareVerdict extendedSameExtranonce() {
        return channels.submit(
                new SubmitSharesExtended(extended, 0, 1, nonce++, NOW.getEpochSecond(), VERSION, EXTRANONCE), NOW);
    }

    /// A share of an extended channel, found with another extranonce: coinbase, merkle path and header.
    @Benchmark
    public ShareVerdict extended() {
        byte[] extranonce = new byte[16];
        extranonce[0] = (byte) nonce;
        return channels.submit(
                new SubmitSharesExtended(extended, 0, 1, nonce++, NOW.getEpochSecond(), VERSION, Bytes.of(extranonce)),
                NOW);
    }

    private ServerChannels channels() {
        Target target = met ? Target.MAX : Target.fromCompact(0x1700_ffffL);
        TargetPolicy targets = new TargetPolicy(6, target, target, 1e22, Duration.ZERO);
        JobFactory jobs =
                new JobFactory(new ExtranonceSpace(Bytes.ofHex("01"), 3, 20), PoolTag.of("bench"), PAYOUT, true);
        Bytes commitment = Bytes.of(WitnessCommitment.output(List.of()).bytes());
        List<U256> path = Collections.nCopies(
                merklePath, U256.of(EXTRANONCE.concat(EXTRANONCE).bytes()));
        jobs.onNewTemplate(
                new NewTemplate(1, true, VERSION, 2, Bytes.ofHex("0340420f"), 0, 312_500_000, 1, commitment, 0, path));
        U256 blockTarget = U256.of(Target.fromCompact(0x1700_ffffL).littleEndian());
        jobs.onSetNewPrevHash(new SetNewPrevHash(1, U256.ZERO, NOW.getEpochSecond(), 0x1700_ffffL, blockTarget));
        return new ServerChannels(
                ServerPolicy.DEFAULT.withTargets(targets), MiningFlags.NONE, new ExtranonceLeases(3, 0), jobs.work());
    }
}
