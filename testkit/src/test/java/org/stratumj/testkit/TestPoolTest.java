package org.stratumj.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.channels.MiningFlags;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.Subprotocol;
import org.stratumj.protocol.common.Reconnect;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenMiningChannelError;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

final class TestPoolTest {
    private static final U256 EASIEST = U256.of(TestPool.SHARE_TARGET.littleEndian());

    @RegisterExtension
    final StratumTestBed bed = StratumTestBed.simulated();

    private final TestAuthority authority = TestAuthority.fresh();
    private TestPool pool;
    private ScriptedPeer miner;

    @BeforeEach
    void open() {
        pool = TestPool.open(bed, authority.server());
        miner = ScriptedPeer.dial(bed, pool.endpoint());
        miner.setUp(Subprotocol.MINING, MiningFlags.REQUIRES_STANDARD_JOBS);
    }

    @Test
    void takesGoodSharesAndRefusesBadOnes() {
        Work work = openStandard();
        miner.send(work.share(1, true));
        assertThat(miner.expect(SubmitSharesSuccess.class).lastSequenceNumber()).isEqualTo(1);
        miner.send(work.share(2, false));
        assertThat(miner.expect(SubmitSharesError.class).errorCode()).isEqualTo(ErrorCode.DIFFICULTY_TOO_LOW.wire());
        assertThat(pool.verdicts()).hasSize(2);
        assertThat(pool.received(SubmitSharesStandard.class)).hasSize(2);
    }

    @Test
    void givesNewWork() {
        Work work = openStandard();
        pool.newJob();
        assertThat(miner.expect(NewMiningJob.class).jobId()).isNotEqualTo(work.job.jobId());
        pool.newTip();
        NewMiningJob next = miner.expect(NewMiningJob.class);
        SetNewPrevHash tip = miner.expect(SetNewPrevHash.class);
        assertThat(tip.jobId()).isEqualTo(next.jobId());
        assertThat(tip.prevHash()).isNotEqualTo(work.tip.prevHash());
        miner.send(work.share(1, true));
        assertThat(miner.expect(SubmitSharesError.class).errorCode()).isEqualTo(ErrorCode.STALE_SHARE.wire());
    }

    @Test
    void opensExtendedChannels() {
        ScriptedPeer proxy = ScriptedPeer.dial(bed, pool.endpoint());
        proxy.setUp(Subprotocol.MINING, 0);
        proxy.send(new OpenExtendedMiningChannel(5, Str0255.of("worker"), 1000, EASIEST, 8));
        assertThat(proxy.expect(OpenExtendedMiningChannelSuccess.class).requestId())
                .isEqualTo(5);
        assertThat(pool.clients()).isEqualTo(2);
    }

    @Test
    void refusesWhatItIsToldToRefuse() {
        Work work = openStandard();
        pool.refuseShares(ErrorCode.INVALID_JOB_ID);
        miner.send(work.share(1, true));
        assertThat(miner.expect(SubmitSharesError.class).errorCode()).isEqualTo(ErrorCode.INVALID_JOB_ID.wire());
        pool.refuseChannels(ErrorCode.UNKNOWN_USER);
        miner.send(new OpenStandardMiningChannel(2, Str0255.of("worker"), 1000, EASIEST));
        assertThat(miner.expect(OpenMiningChannelError.class).errorCode()).isEqualTo(ErrorCode.UNKNOWN_USER.wire());
        miner.send(new OpenExtendedMiningChannel(3, Str0255.of("worker"), 1000, EASIEST, 8));
        assertThat(miner.expect(OpenMiningChannelError.class).requestId()).isEqualTo(3);
        pool.refuseChannels(null);
        pool.refuseShares(null);
        openStandard();
    }

    @Test
    void fallsSilent() {
        Work work = openStandard();
        pool.silent(true);
        miner.send(work.share(1, true));
        pool.newTip();
        miner.nothingElse();
        assertThat(pool.verdicts()).hasSize(1);
        pool.silent(false);
        pool.newJob();
        miner.expect(NewMiningJob.class);
    }

    @Test
    void misbehaves() {
        openStandard();
        pool.reconnect(new Endpoint("127.0.0.1", 4444, authority.client()));
        assertThat(miner.expect(Reconnect.class).newPort()).isEqualTo(4444);
        pool.sendGarbage();
        assertThatThrownBy(() -> miner.expect(SetNewPrevHash.class)).hasMessageContaining("nonsense");
        assertThat(pool.clients()).isEqualTo(1);
        pool.disconnect();
        miner.expectClosed();
        bed.await(() -> pool.clients() == 0);
        pool.close();
        assertThatThrownBy(() -> ScriptedPeer.dial(bed, pool.endpoint())).hasMessageContaining("refused");
    }

    @Test
    void worksInPlaintextToo() {
        TestPool plain = TestPool.open(bed, new ServerSecurity.Plain());
        ScriptedPeer other = ScriptedPeer.dial(bed, plain.endpoint());
        other.setUp(Subprotocol.MINING, 0);
        assertThat(plain.clients()).isEqualTo(1);
    }

    private Work openStandard() {
        miner.send(new OpenStandardMiningChannel(1, Str0255.of("worker"), 1000, EASIEST));
        var opened = miner.expect(OpenStandardMiningChannelSuccess.class);
        assertThat(opened.target()).isEqualTo(EASIEST);
        return new Work(opened.channelId(), miner.expect(NewMiningJob.class), miner.expect(SetNewPrevHash.class));
    }

    private record Work(long channelId, NewMiningJob job, SetNewPrevHash tip) {
        SubmitSharesStandard share(long sequenceNumber, boolean good) {
            long nonce = LongStream.range(0, 100_000)
                    .filter(candidate -> TestPool.SHARE_TARGET.isMetBy(hash(candidate)) == good)
                    .findFirst()
                    .orElseThrow();
            return new SubmitSharesStandard(
                    channelId, sequenceNumber, job.jobId(), nonce, tip.minNTime(), job.version());
        }

        private Hash256 hash(long nonce) {
            return new BlockHeader(
                            job.version(),
                            Hash256.of(tip.prevHash().bytes()),
                            Hash256.of(job.merkleRoot().bytes()),
                            tip.minNTime(),
                            tip.nBits(),
                            nonce)
                    .hash();
        }
    }
}
