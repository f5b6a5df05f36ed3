package com.example.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.Difficulty;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// From a template to an acknowledged share, as docs/channels.md tells it.
class ShareLifeTest {
    private static final Payout PAYOUT = Payout.to(Script.P2WSH_OP_TRUE);
    private static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.EMPTY, 2, 16);
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

    @Test
    void aShareIsCreditedAndAcknowledged() {
        JobFactory jobs = new JobFactory(SPACE, PoolTag.of("pool"), PAYOUT, true);
        jobs.onNewTemplate(template());
        Work work = jobs.onSetNewPrevHash(tip());
        TargetPolicy easy = new TargetPolicy(
                6, Target.ofExpectedHashes(100), new Difficulty(1e16).toTarget(), 1e22, Duration.ofSeconds(5));
        PoolSide pool = new PoolSide(
                ServerPolicy.DEFAULT.withTargets(easy), new ExtranonceLeases(SPACE.indexSize(), 0), PAYOUT, work);
        MinerSide miner = new MinerSide();

        miner.on(pool.on(miner.open(), NOW));
        miner.on(pool.on(miner.mine().orElseThrow(), NOW));
        assertEquals(1, pool.journal.size());
        assertEquals(0, miner.accepted);

        miner.on(pool.onTimer(NOW.plusSeconds(60)));
        assertEquals(1, miner.accepted);
        assertTrue(pool.blocks.isEmpty());
        pool.onClose();
    }

    private static NewTemplate template() {
        Bytes height = Bytes.of(new byte[] {3, 1, 2, 3});
        return new NewTemplate(
                1, true, 0x2000_0000L, 2, height, 0xffff_ffffL, 50_0000_0000L, 0, Bytes.EMPTY, 0, List.of());
    }

    private static SetNewPrevHash tip() {
        U256 target = U256.of(Target.DIFFICULTY_1.littleEndian());
        return new SetNewPrevHash(
                1, U256.of(new byte[U256.SIZE]), NOW.getEpochSecond(), Target.DIFFICULTY_1.toCompact(), target);
    }
}
