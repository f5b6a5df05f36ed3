package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.app.block.BlockKeeper;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.Credit;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.service.Link;

class ProxyTest {
    private static final ConnectionId MINER = new ConnectionId(5);
    private static final Target EASIEST = Target.fromCompact(0x2000ffffL);
    private static final Credit GOOD = new Credited(1);

    /// Meets [#EASIEST] or not.
    private static final Hash256 LOW = Hash256.fromDisplayHex("00" + "11".repeat(31));

    private static final Hash256 HIGH = Hash256.fromDisplayHex("77" + "11".repeat(31));

    private final RecordedEvents events = new RecordedEvents();
    private final Link<FoundShare> toUpstream = new Link<>("shares", 2);
    private final OwnBlocks blocks = new OwnBlocks();
    private final BlockKeeper keeper = new BlockKeeper("upstream", null, InstantSource.system());
    private final List<FoundShare> passedUp = new ArrayList<>();
    private final Proxy proxy = new Proxy(supply(true), new Hashrates(6), blocks, keeper, toUpstream, events);

    @Test
    void passesOnWhatMayCountUpstream() {
        ShareVerdict low = verdict(LOW, false, GOOD);
        assertThat(proxy.onShare(MINER, low)).isEqualTo(low);
        ShareVerdict high = verdict(HIGH, false, GOOD);
        assertThat(proxy.onShare(MINER, high)).isEqualTo(high);
        ShareVerdict refused = verdict(LOW, false, new Refused(ErrorCode.DUPLICATE_SHARE));
        assertThat(proxy.onShare(MINER, refused)).isEqualTo(refused);

        assertThat(passedUp()).containsExactly(new FoundShare(MINER, low));
    }

    @Test
    void passesOnEveryBlock() {
        ShareVerdict stale = verdict(HIGH, true, new Refused(ErrorCode.STALE_SHARE));
        assertThat(proxy.onShare(MINER, stale)).isEqualTo(stale);
        proxy.supply(supply(false));
        ShareVerdict orphan = verdict(LOW, true, GOOD);
        assertThat(proxy.onShare(MINER, orphan)).isEqualTo(orphan);

        assertThat(passedUp()).containsExactly(new FoundShare(MINER, stale), new FoundShare(MINER, orphan));
        assertThat(blocks.found()).isEqualTo(2);
        assertThat(events.texts()).containsExactly("block found: " + HIGH, "block found: " + LOW);
    }

    @Test
    void creditsNothingWithoutUpstream() {
        proxy.supply(supply(false));
        ShareVerdict low = verdict(LOW, false, GOOD);
        ShareVerdict answer = proxy.onShare(MINER, low);

        assertThat(answer.credit()).isEqualTo(new Refused(ErrorCode.STALE_SHARE));
        assertThat(answer.sequenceNumber()).isEqualTo(low.sequenceNumber());
        assertThat(answer.solution()).isEqualTo(low.solution());
        assertThat(passedUp()).isEmpty();
    }

    @Test
    void creditsNothingThatFindsNoRoomOnTheWay() {
        ShareVerdict low = verdict(LOW, false, GOOD);
        assertThat(proxy.onShare(MINER, low)).isEqualTo(low);
        assertThat(proxy.onShare(MINER, low)).isEqualTo(low);

        assertThat(proxy.onShare(MINER, low).credit()).isEqualTo(new Refused(ErrorCode.INTERNAL_ERROR));
        assertThat(passedUp()).hasSize(2);
    }

    @Test
    void blocksHaveRoomOnTheWayThatSharesCannotTake() {
        ShareVerdict low = verdict(LOW, false, GOOD);
        proxy.onShare(MINER, low);
        proxy.onShare(MINER, low);
        ShareVerdict block = verdict(LOW, true, GOOD);
        for (int i = 0; i < Link.URGENT_MAX; i++) {
            assertThat(proxy.onShare(MINER, block)).isEqualTo(block);
        }

        assertThat(proxy.onShare(MINER, block)).isEqualTo(block);
        ShareVerdict stale = verdict(HIGH, true, new Refused(ErrorCode.STALE_SHARE));
        assertThat(proxy.onShare(MINER, stale)).isEqualTo(stale);
        assertThat(events.texts())
                .contains(
                        "block REJECTED: too many shares wait for the upstream: " + LOW,
                        "block REJECTED: too many shares wait for the upstream: " + HIGH);
        assertThat(passedUp()).hasSize(Link.URGENT_MAX + 2).first().isEqualTo(new FoundShare(MINER, block));
    }

    private List<FoundShare> passedUp() {
        toUpstream.receive(Runnable::run, passedUp::add);
        return passedUp;
    }

    private static Supply supply(boolean upstream) {
        return new Supply(Work.none(Verdicts.SPACE), EASIEST, EASIEST, upstream);
    }

    private static ShareVerdict verdict(Hash256 hash, boolean block, Credit credit) {
        return Verdicts.verdict(3, hash, block, credit);
    }
}
